import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** Intake on one screen, with what the serial number tells; then the assessment. */
tours.add("aftersales_assessment_agent", {
    url: "/odoo/cases?view_type=list",
    steps: () => [
        {trigger: ".o_list_button_add", run: "click"},
        {
            content: "the serial number from the nameplate",
            trigger: ".o_field_widget[name='serial'] input",
            run: "edit SN-0001 && press Tab",
        },
        {
            content: "cover and purchase date come by themselves",
            trigger: ".alert-success:contains('In warranty')",
        },
        {
            content: "the open case of the same machine is pointed out",
            trigger: "[name='duplicate_hint'] a[href*='/odoo/cases/']",
        },
        {
            trigger: ".o_field_widget[name='description'] .odoo-editor-editable",
            run: "editor Does not start in the morning",
        },
        {trigger: ".o_form_button_save", run: "click"},
        {
            content: "saved: it has a number, and can be assessed",
            trigger: "button[name='action_open_assessment']:contains('Assess')",
            run: "click",
        },
        {trigger: ".o_field_widget[name='covered'] input:checked"},
        {
            content: "the machine is down",
            trigger: ".o_field_widget[name='level'] .o_radio_item:first input",
            run: "click",
        },
        {trigger: "button[name='action_assess']", run: "click"},
        {
            trigger: ".o_statusbar_status .o_arrow_button_current:contains('Assessed')",
        },
        {
            content: "back to the case",
            trigger: "button[name='action_open_ticket']",
            run: "click",
        },
        {trigger: ".oe_stat_button:contains('Assessed'):contains('Dealer')"},
    ],
});
