import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** The technician asks for two pumps from his repair record. */
tours.add("aftersales_requisition_technician_asks", {
    steps: () => [
        {trigger: "button[name='action_request_parts']", run: "click"},
        {
            content: "the requisition is for this repair record",
            trigger: ".o_field_widget[name='machine_id']:contains('Harvester')",
        },
        {
            trigger: ".o_field_widget[name='line_ids'] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".o_selected_row .o_field_widget[name='product_id'] input",
            run: "edit Pump",
        },
        {
            trigger:
                ".o_selected_row .o-autocomplete--dropdown-item a:contains('Pump')",
            run: "click",
        },
        {
            trigger: ".o_selected_row .o_field_widget[name='quantity'] input",
            run: "edit 2",
        },
        {trigger: ".o_form_button_save", run: "click"},
        {trigger: "button[name='action_submit']", run: "click"},
        {trigger: ".o_arrow_button_current:contains('To Issue')"},
    ],
});

/** He used one of the two and brings the other back. */
tours.add("aftersales_requisition_technician_returns", {
    steps: () => [
        {trigger: ".o_data_row td[name='used']:contains('2')", run: "click"},
        {
            trigger: ".o_selected_row .o_field_widget[name='used'] input",
            run: "edit 1",
        },
        {trigger: ".o_form_button_save", run: "click"},
        {trigger: ".o_data_row td[name='unused']:contains('1.00')"},
        {trigger: "button[name='action_return']", run: "click"},
        {
            content: "the unused piece is proposed",
            trigger: ".modal .o_data_row td[name='quantity']:contains('1.00')",
        },
        {trigger: ".modal button[name='action_apply']", run: "click"},
        {trigger: ".o_data_row td[name='returned']:contains('1.00')"},
    ],
});

/** A scanner types the code key by key and ends with Enter. */
function scan(code) {
    return {
        content: `scan ${code}`,
        trigger: ".o_field_widget[name='scan'] textarea",
        run: ["click", ...[...code, "Enter"].map((key) => `press ${key}`)].join(" && "),
    };
}

/** The keeper scans three pumps: one alone, then two. */
tours.add("aftersales_requisition_keeper_issues", {
    steps: () => [
        scan("690001"),
        {trigger: "button[name='action_issue_scanned']", run: "click"},
        {trigger: ".o_data_row td[name='issued']:contains('1.00')"},
        scan("690001"),
        scan("690001"),
        {trigger: "button[name='action_issue_scanned']", run: "click"},
        {trigger: ".o_data_row td[name='issued']:contains('3.00')"},
        {
            content: "nothing is left to issue",
            trigger: ".o_form_view:not(:has(button[name='action_issue_scanned']))",
        },
    ],
});
