import {openRow, press, reach} from "./steps";
import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("aftersales_accountant_offsets", {
    url: "/odoo/action-aftersales_claim.aftersales_settlement_action?view_type=list",
    steps: () => [
        openRow("741.56"),
        press("action_offset"),
        {trigger: ".modal .btn-primary", run: "click"},
        reach("Offset"),
    ],
});
