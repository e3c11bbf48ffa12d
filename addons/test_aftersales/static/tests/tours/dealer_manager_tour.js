import {openRow, press, reach} from "./steps";
import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("aftersales_manager_files_a_claim", {
    url: "/odoo/action-aftersales_claim.aftersales_claim_action?view_type=list",
    steps: () => [
        openRow("H1-STORY"),
        {
            content: "The answer before filing",
            trigger: "button[name='action_check']",
            run: "click",
        },
        {trigger: ".modal:contains('656.25')"},
        {trigger: ".modal button[special='cancel']", run: "click"},
        {trigger: "body:not(:has(.modal))"},
        press("action_submit"),
        reach("Approved"),
    ],
});

registry.category("web_tour.tours").add("aftersales_manager_confirms", {
    url: "/odoo/action-aftersales_claim.aftersales_settlement_action?view_type=list",
    steps: () => [
        openRow("741.56"),
        press("action_confirm"),
        {trigger: ".modal .btn-primary", run: "click"},
        reach("Confirmed"),
    ],
});
