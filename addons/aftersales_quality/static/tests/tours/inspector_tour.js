import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const openCheck = [
    {
        trigger:
            ".o_data_row:contains('Tech A') td[name='level']:contains('Inspector')",
        run: "click",
    },
    {trigger: ".o_form_view .o_aftersales_items"},
];

function judge(item, button, mark) {
    const card = `.o_aftersales_items .o_kanban_record:contains('${item}')`;
    return [
        {trigger: `${card} button[name='${button}']`, run: "click"},
        {trigger: `${card} button[name='${button}'].${mark}`},
    ];
}

/** The inspector finds a leak: the work goes back to the technician. */
tours.add("aftersales_quality_inspector_fails", {
    url: "/odoo/to-check",
    steps: () => [
        ...openCheck,
        ...judge("Runs under load", "action_bad", "btn-danger"),
        {
            content: "what is not in order does not pass",
            trigger: "button[name='action_pass']",
            run: "click",
        },
        {trigger: ".modal:contains('look at these first: Guards in place')"},
        {trigger: ".modal .btn-primary", run: "click"},
        {trigger: ".o_field_widget[name='defect_ids'] input", run: "edit Q40"},
        {
            trigger: ".o-autocomplete--dropdown-item:contains('Q40 Leak')",
            run: "click",
        },
        {trigger: ".o_field_widget[name='defect_ids'] .o_tag:contains('Q40')"},
        {
            trigger: ".o_field_widget[name='redo'] textarea",
            run: "edit Seal the housing",
        },
        {trigger: "button[name='action_fail']", run: "click"},
        {
            trigger:
                ".o_form_view:not(:has(button[name='action_fail'])) .o_field_widget[name='checked_by_id']",
        },
    ],
});

/** All is well. */
tours.add("aftersales_quality_inspector_passes", {
    url: "/odoo/to-check",
    steps: () => [
        ...openCheck,
        ...judge("Runs under load", "action_good", "btn-success"),
        ...judge("Guards in place", "action_good", "btn-success"),
        {trigger: "button[name='action_pass']", run: "click"},
        {
            trigger:
                ".o_form_view:not(:has(button[name='action_pass'])) .o_field_widget[name='checked_by_id']",
        },
    ],
});
