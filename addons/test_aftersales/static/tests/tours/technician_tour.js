import {openRow, pick, press, reach} from "./steps";
import {registry} from "@web/core/registry";
import {signByHand} from "@aftersales_service/../tests/tours/sign";

function addLine(lines, field, text) {
    return [
        {
            trigger: `.o_field_widget[name='${lines}'] .o_field_x2many_list_row_add a`,
            run: "click",
        },
        ...pick(
            `.o_field_widget[name='${lines}'] .o_selected_row .o_field_widget[name='${field}']`,
            text
        ),
    ];
}

registry.category("web_tour.tours").add("aftersales_technician_repairs", {
    url: "/odoo/action-aftersales_service.aftersales_dispatch_action_mine?view_type=list",
    steps: () => [
        openRow("Farmer Zhang"),
        press("action_accept"),
        press("action_arrive"),
        press("action_create_repair"),
        {trigger: ".alert-success:contains('In warranty')"},
        {trigger: ".o_field_widget[name='usage'] input", run: "edit 320"},
        ...addLine("move_ids", "product_id", "Lift Pump HX9"),
        {
            trigger:
                ".o_field_widget[name='move_ids'] .o_selected_row .o_field_widget[name='product_uom_qty'] input",
            run: "edit 2",
        },
        ...addLine("labour_ids", "operation_id", "OP-P"),
        {trigger: ".o_field_widget[name='travel_km'] input", run: "edit 37.5"},
        {
            trigger: ".o_field_widget[name='signed_by'] input",
            run: "edit Farmer Zhang && press Tab",
        },
        ...signByHand("customer_signature"),
        press("action_finish"),
        reach("Repaired"),
    ],
});
