import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** The dealer stocks less than proposed, is asked why, says it and hands in. */
tours.add("aftersales_stocking_dealer_hands_in", {
    steps: () => [
        {
            content: "the proposal shows its arithmetic",
            trigger: ".o_data_row td[name='arithmetic']:contains('Needed')",
        },
        {trigger: ".o_data_row td[name='quantity']", run: "click"},
        {
            trigger: ".o_selected_row .o_field_widget[name='quantity'] input",
            run: "edit 3",
        },
        {trigger: "button[name='action_submit']", run: "click"},
        {
            content: "less than proposed needs the reason",
            trigger: ".modal .o_error_dialog, .modal:contains('less than proposed')",
        },
        {trigger: ".modal .modal-footer button.btn-primary", run: "click"},
        {trigger: ".o_data_row td[name='dealer_reason']", run: "click"},
        {
            trigger: ".o_selected_row .o_field_widget[name='dealer_reason'] input",
            run: "edit Small shop",
        },
        {trigger: "button[name='action_submit']", run: "click"},
        {trigger: ".o_arrow_button_current:contains('To Approve')"},
    ],
});

/** The keeper approves. */
tours.add("aftersales_stocking_keeper_approves", {
    steps: () => [
        {trigger: ".o_data_row td[name='dealer_reason']:contains('Small shop')"},
        {trigger: "button[name='action_approve']", run: "click"},
        {trigger: ".o_arrow_button_current:contains('Approved')"},
    ],
});

/** One click makes the order. */
tours.add("aftersales_stocking_dealer_orders", {
    steps: () => [
        {trigger: "button[name='action_order']", run: "click"},
        {
            content: "the parts order is open with the approved quantity",
            trigger: ".o_form_view .o_data_row:contains('Pump'):contains('3')",
        },
    ],
});
