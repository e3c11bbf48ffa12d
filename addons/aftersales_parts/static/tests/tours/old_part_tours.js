import {registry} from "@web/core/registry";

/** The inspector decides on all thirty old parts of a box at once. */
registry.category("web_tour.tours").add("aftersales_parts_inspector_box", {
    steps: () => [
        {
            trigger: ".o_field_widget[name='old_part_count']:contains('30')",
        },
        {trigger: "button[name='action_inspect']", run: "click"},
        {trigger: ".modal .o_field_widget[name='old_part_count']:contains('30')"},
        {
            trigger: ".modal .o_field_widget[name='cause'] input",
            run: "click",
        },
        {trigger: ".o_select_menu_item:contains('Material')", run: "click"},
        {
            trigger: ".modal .o_field_widget[name='responsibility'] input",
            run: "click",
        },
        {trigger: ".o_select_menu_item:contains('Supplier')", run: "click"},
        {
            trigger: ".modal .o_field_widget[name='disposition'] input",
            run: "click",
        },
        {trigger: ".o_select_menu_item:contains('Return to Supplier')", run: "click"},
        {
            trigger: ".modal .o_field_widget[name='finding'] textarea",
            run: "edit Seals torn in all of them",
        },
        {trigger: ".modal button[name='action_apply']", run: "click"},
        {trigger: ".o_form_view:not(:has(button[name='action_inspect']))"},
        {trigger: ".o_data_row td[name='responsibility']:contains('Supplier')"},
    ],
});
