import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const OVERALL = ".o_aftersales_overall";
const POINTS = "div[name='answer_ids'] .o_data_row";

/** A digit chooses and the next question is in focus. */
function press(row, digit) {
    return {
        trigger: `${POINTS}:eq(${row}) .o_aftersales_score`,
        run: `press ${digit}`,
    };
}

tours.add("aftersales_followup_calls", {
    url: "/odoo/calls-today",
    steps: () => [
        {trigger: ".o_data_row:eq(0) td[name='partner_id']", run: "click"},
        {trigger: ".o_form_view .o_field_widget[name='phone']"},
        {
            content: "the first question waits for its digit",
            trigger: `${POINTS}:eq(0) .o_aftersales_score:focus`,
        },
        press(0, "4"),
        {trigger: `${POINTS}:eq(0) button.active:contains('4')`},
        {
            content: "the cursor has gone on by itself",
            trigger: `${POINTS}:eq(1) .o_aftersales_score:focus`,
        },
        press(1, "5"),
        press(2, "5"),
        press(3, "3"),
        press(4, "4"),
        press(5, "5"),
        {trigger: `${OVERALL} .o_aftersales_score:focus`, run: "press 5"},
        {trigger: `${OVERALL} button.active:contains('5')`},
        {trigger: "button[name='action_finish']", run: "click"},
        {
            content: "the next call comes by itself, nothing answered",
            trigger: `${POINTS}:eq(0):not(:has(button.active))`,
        },
        {trigger: "button[name='action_not_reached']", run: "click"},
        {trigger: ".o_list_view, .o_nocontent_help"},
    ],
});

tours.add("aftersales_followup_phone", {
    url: "/odoo/calls-today",
    steps: () => [
        {trigger: ".o_kanban_record:contains('Farmer Zhang')", run: "click"},
        {
            trigger: `${POINTS}:eq(0) .o_aftersales_score button:contains('4')`,
            run: "click",
        },
        {trigger: `${POINTS}:eq(0) button.active:contains('4')`},
        {
            trigger: `${OVERALL} .o_aftersales_score button:contains('4')`,
            run: "click",
        },
        {trigger: `${OVERALL} button.active:contains('4')`},
        {
            trigger: ".o_statusbar_buttons button[name='action_finish']",
            run: "click",
        },
        {trigger: ".o_nocontent_help, .o_kanban_view"},
    ],
});
