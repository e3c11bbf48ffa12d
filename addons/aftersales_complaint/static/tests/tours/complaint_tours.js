import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

function fill(page, name, text) {
    return [
        {trigger: `.o_notebook_headers a[name='${page}']`, run: "click"},
        {
            trigger: `.o_field_widget[name='${name}'] textarea`,
            run: `edit ${text}`,
        },
    ];
}

function step(button, state) {
    return [
        {trigger: `button[name='${button}']:enabled`, run: "click"},
        {
            trigger: `.o_statusbar_status button.o_arrow_button_current[data-value='${state}']`,
        },
    ];
}

/** A bad score on the phone, and the first response to the complaint it became. */
tours.add("aftersales_complaint_from_call", {
    url: "/odoo/calls-today",
    steps: () => [
        {trigger: ".o_data_row td[name='partner_id']:contains('Farmer')", run: "click"},
        {
            trigger: ".o_aftersales_overall button:contains('1')",
            run: "click",
        },
        {
            trigger: "div[name='reason_ids'] label:contains('Manner of the people')",
            run: "click",
        },
        {trigger: "button[name='action_finish']", run: "click"},
        {
            content: "everybody is called",
            trigger: ".o_nocontent_help:contains('Everybody is called')",
        },
        {
            trigger: "button[data-menu-xmlid='aftersales_dealer.menu_customers']",
            run: "click",
        },
        {
            trigger:
                "a[data-menu-xmlid='aftersales_complaint.aftersales_complaint_menu']",
            run: "click",
        },
        {
            trigger: ".o_data_row td[name='summary']:contains('Manner of the people')",
            run: "click",
        },
        {trigger: ".o_field_widget[name='staff_ids']:contains('Tech A')"},
        ...fill("response", "apology", "We are sorry"),
        ...fill("response", "response", "We look into it"),
        ...step("action_respond", "responded"),
    ],
});

tours.add("aftersales_complaint_give_out", {
    steps: () => step("action_decide", "measure"),
});

/** The dealer's manager reports on his measure and sees no assessment. */
tours.add("aftersales_complaint_dealer_reports", {
    steps: () => [
        {
            trigger:
                ".o_notebook_headers:not(:has(a[name='internal'])) a[name='measure']",
        },
        ...fill("measure", "measure_report", "Talked to him"),
        {trigger: "button[name='action_report_done']", run: "click"},
        {trigger: ".o_field_widget[name='measure_done_on']"},
    ],
});

/** Quality checks, answers and closes. */
tours.add("aftersales_complaint_to_the_end", {
    steps: () => [
        {trigger: ".o_notebook_headers a[name='check']", run: "click"},
        {
            trigger: ".o_field_widget[name='check_result'] label:contains('Effective')",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name='check_note'] textarea",
            run: "edit Called three customers",
        },
        ...step("action_check", "checked"),
        {trigger: ".o_notebook_headers a[name='answer']", run: "click"},
        {
            trigger: ".o_field_widget[name='answer'] .odoo-editor-editable",
            run: "editor We have instructed our technician.",
        },
        ...step("action_answer", "answered"),
        ...step("action_close", "closed"),
    ],
});
