import {registry} from "@web/core/registry";

/** The dealer asks to return two pumps that he cannot sell. */
registry.category("web_tour.tours").add("aftersales_parts_return_dealer", {
    steps: () => [
        {trigger: ".o_list_button_add", run: "click"},
        {trigger: ".o_field_widget[name='carrier'] input", run: "edit Express"},
        {
            trigger: ".o_field_widget[name='line_ids'] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".o_selected_row .o_field_widget[name='product_id'] input",
            run: "edit Pump",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains('Pump')",
            run: "click",
        },
        {
            trigger: ".o_selected_row .o_field_widget[name='quantity'] input",
            run: "edit 2",
        },
        {
            trigger: ".o_selected_row .o_field_widget[name='reason_id'] input",
            run: "edit Cannot",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains('Cannot be sold')",
            run: "click",
        },
        {trigger: "button[name='action_submit']", run: "click"},
        {trigger: ".o_arrow_button_current[data-value='submitted']"},
        {trigger: ".o_field_widget[name='amount_goods']:contains('360.00')"},
    ],
});
