import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** The agent orders two pumps and hands the order in. */
tours.add("aftersales_order_agent_orders", {
    steps: () => [
        {trigger: ".o_list_button_add", run: "click"},
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
        {
            content: "the price of the dealer's grade, with tax",
            trigger: ".o_field_widget[name='amount_total']:contains('406.80')",
        },
        {trigger: "button[name='action_submit']", run: "click"},
        {trigger: ".o_arrow_button_current:contains('To Confirm')"},
    ],
});

/** The keeper confirms; the order waits for the money. */
tours.add("aftersales_order_keeper_confirms", {
    steps: () => [
        {trigger: "button[name='action_confirm']", run: "click"},
        {trigger: ".o_arrow_button_current:contains('To Pay')"},
        {trigger: "button[name='action_open_deliveries']", run: "click"},
        {
            content: "the delivery says that it is not paid",
            trigger: ".alert-warning:contains('has not paid in full')",
        },
        {trigger: "button[name='button_validate']", run: "click"},
        {
            content: "and cannot be validated",
            trigger: ".modal-body:contains('0.00 are paid')",
        },
        {trigger: ".modal-footer .btn-primary", run: "click"},
        {trigger: "body:not(:has(.modal))"},
    ],
});

/** Paid: the keeper ships. */
tours.add("aftersales_order_keeper_ships", {
    steps: () => [
        {trigger: ".o_arrow_button_current:contains('To Ship')"},
        {trigger: "button[name='action_open_deliveries']", run: "click"},
        {trigger: "button[name='button_validate']", run: "click"},
        {
            content: "it is done: nothing is left to validate",
            trigger: ".o_form_view:not(:has(button[name='button_validate']))",
            timeout: 30000,
        },
    ],
});

/** The agent confirms what arrived and signs the delivery note. */
tours.add("aftersales_order_agent_signs", {
    steps: () => [
        {
            trigger: ".o_statusbar_buttons button[name='action_open_receipts']",
            run: "click",
        },
        {trigger: "button[name='action_confirm']", run: "click"},
        {trigger: "button[name='action_sign']", run: "click"},
        {
            trigger: ".modal .o_field_widget[name='signed_by'] input",
            run: "edit Li Wei",
        },
        {
            trigger: ".modal .o_field_widget[name='signature'] .o_signature",
            run: "click",
        },
        {
            content: "his name is drawn once the fonts are there",
            trigger: ".modal-footer .btn-primary:contains('Adopt'):not([disabled])",
            run: "click",
        },
        {trigger: ".modal .o_field_widget[name='signature'] img.o_signature"},
        {trigger: ".modal button[name='action_apply']", run: "click"},
        {trigger: "body:not(:has(.modal))"},
        {
            content: "the signed note is on record",
            trigger:
                ".o_form_view:not(:has(button[name='action_sign'])) a[name='signed']",
        },
    ],
});
