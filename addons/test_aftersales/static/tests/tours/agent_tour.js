import {pick, press, reach} from "./steps";
import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

registry.category("web_tour.tours").add("aftersales_agent_takes_a_call", {
    url: "/odoo/action-aftersales_service.helpdesk_ticket_action",
    steps: () => [
        {trigger: ".o_list_button_add, .o-kanban-button-new", run: "click"},
        {
            content: "The serial number alone tells machine, customer and cover",
            trigger: ".o_field_widget[name='serial'] input",
            run: "edit H1-STORY && press Tab",
        },
        {trigger: ".alert-success:contains('In warranty')"},
        ...pick(".o_field_widget[name='fault_id']", "Does not start"),
        {
            trigger: ".o_field_widget[name='description'] .odoo-editor-editable",
            run: "editor The header does not lift.",
        },
        ...stepUtils.saveForm(),
        press("action_dispatch"),
        ...pick(".o_field_widget[name='staff_id']", "Tech A"),
        {
            trigger: ".o_field_widget[name='date_start'] input",
            run: "edit +1d && press Tab",
        },
        {
            trigger: ".o_field_widget[name='date_end'] input",
            run: "edit +2d && press Tab",
        },
        press("action_send"),
        reach("Sent"),
    ],
});
