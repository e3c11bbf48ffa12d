import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** The dispatcher finds the late case, pauses it with a reason and resumes it. */
tours.add("aftersales_sla_dispatcher", {
    url: "/odoo/late-cases",
    steps: () => [
        {trigger: ".o_group_header:contains('A01')"},
        {
            trigger:
                ".o_data_row:contains('late') td[name='name']:contains('Tour machine')",
            run: "click",
        },
        {trigger: ".o_form_view .o_sla_countdown:contains('late')"},
        {trigger: "button[name='action_pause']", run: "click"},
        {
            trigger: ".modal .o_field_widget[name='reason_id'] input",
            run: "edit Site closed",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains('Site closed')",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name='note'] input",
            run: "edit Gate locked",
        },
        {trigger: ".modal button[name='action_pause'].btn-primary", run: "click"},
        {trigger: ".o_form_view .alert:contains('are paused')"},
        {trigger: "button[name='action_resume']", run: "click"},
        {trigger: "button[name='action_pause']"},
        {trigger: ".o_form_view .o_sla_countdown:contains('late')"},
    ],
});

/** The wall shows the most urgent promise first and opens its case. */
tours.add("aftersales_sla_wall", {
    url: "/odoo/clock-wall",
    steps: () => [
        {
            trigger: ".o_clock_wall_tile.o_clock_wall_late:contains('Tour machine')",
            run: "click",
        },
        {trigger: ".o_form_view .o_field_widget[name='name']"},
    ],
});
