import {registry} from "@web/core/registry";
import {signByHand} from "@aftersales_service/../tests/tours/sign";

const tours = registry.category("web_tour.tours");

/** The agent quotes what the warranty does not cover, and sends it. */
tours.add("aftersales_charge_quote", {
    steps: () => [
        {trigger: ".o_form_view .alert:contains('accept a quotation first')"},
        {trigger: "button[name='action_quote']", run: "click"},
        {trigger: ".o_data_row:contains('Fuel pump')"},
        {trigger: ".o_field_widget[name='amount_total']:contains('576.58')"},
        {trigger: "button[name='action_send']", run: "click"},
        {trigger: ".o_statusbar_status .o_arrow_button_current:contains('Sent')"},
    ],
});

/** The customer signs on his page. */
tours.add("aftersales_charge_accept", {
    steps: () => [
        {trigger: ".o_aftersales_quotation:contains('576.58')"},
        {
            trigger: ".o_web_sign_name_and_signature input[name='signer']",
            run: "edit Zhang San",
        },
        {trigger: "canvas.o_web_sign_signature", run: "canvasNotEmpty"},
        {
            trigger: ".o_portal_sign_submit:enabled",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: ".alert-success:contains('We begin the work')"},
        {trigger: ".o_aftersales_quotation:contains('Agreed by')"},
    ],
});

/** The technician finishes, now that the customer has agreed. */
tours.add("aftersales_charge_finish", {
    steps: () => [
        {trigger: ".o_form_view:not(:has(.alert:contains('accept a quotation')))"},
        {trigger: "button[name='action_finish']", run: "click"},
        {trigger: "button[name='action_deliver']"},
    ],
});

/** The agent records the dealer's invoice, and hands the machine over. */
tours.add("aftersales_charge_deliver", {
    steps: () => [
        {trigger: "button[name='action_bill']", run: "click"},
        {
            trigger: ".modal .o_field_widget[name='ref'] input",
            run: "edit FP-2026-1",
        },
        {
            trigger: ".modal .o_field_widget[name='is_paid'] input",
            run: "click",
        },
        {trigger: ".modal button[name='action_apply']", run: "click"},
        {trigger: "body:not(:has(.modal))"},
        {trigger: ".o_statusbar_status .o_arrow_button_current:contains('Invoiced')"},
        {trigger: "button[name='action_open_repair']", run: "click"},
        {trigger: "button[name='action_deliver']", run: "click"},
        {trigger: ".o_data_row:contains('Given to the Customer')"},
        {trigger: ".o_field_widget[name='is_explained'] input", run: "click"},
        {trigger: ".o_field_widget[name='is_tested'] input", run: "click"},
        {
            trigger: ".o_field_widget[name='received_by'] input",
            run: "edit Zhang San",
        },
        ...signByHand("signature"),
        {trigger: "button[name='action_deliver']", run: "click"},
        {
            trigger:
                ".o_statusbar_status .o_arrow_button_current:contains('Delivered')",
        },
    ],
});
