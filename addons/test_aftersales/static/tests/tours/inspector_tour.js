import {openRow, press, select} from "./steps";
import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("aftersales_inspector_decides", {
    url: "/odoo/action-aftersales_parts.aftersales_old_part_return_action?view_type=list",
    steps: () => [
        openRow("SF1001"),
        press("action_inspect"),
        ...select(".modal .o_field_widget[name='cause']", "Manufacturing"),
        ...select(".modal .o_field_widget[name='responsibility']", "Company"),
        ...select(".modal .o_field_widget[name='disposition']", "Scrap"),
        {
            trigger: ".modal .o_field_widget[name='finding'] textarea",
            run: "edit Shaft seal torn",
        },
        press("action_apply"),
        {trigger: "body:not(:has(.modal))"},
        {trigger: ".o_form_view:not(:has(button[name='action_inspect']))"},
    ],
});
