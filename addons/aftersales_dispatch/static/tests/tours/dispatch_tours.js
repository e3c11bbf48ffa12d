import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const best = ".modal .o_data_row:first:contains('Bao')";

/** From a waiting case to a sent job: the list, the suggestion, one click. */
tours.add("aftersales_dispatch_suggest", {
    url: "/odoo/to-dispatch",
    steps: () => [
        {
            content: "ask who could go",
            trigger:
                ".o_data_row:contains('Tour Caller') button[name='action_suggest']",
            run: "click",
        },
        {trigger: `${best}:contains('+30 knows Combine harvester')`},
        {
            content: "choose the best and send",
            trigger: `${best} button[name='action_choose_and_send']`,
            run: "click",
        },
        {trigger: "body:not(:has(.modal))"},
        {
            content: "the case waits no longer",
            trigger: ".o_list_view:not(:has(.o_data_row:contains('Tour Caller')))",
        },
    ],
});

/** A refused job is replaced; who refused cannot be chosen again. */
tours.add("aftersales_dispatch_again", {
    steps: () => [
        {trigger: "button[name='action_redispatch']", run: "click"},
        {
            content: "who refused stands at the end without a button",
            trigger:
                ".modal .o_data_row:last:contains('has refused this job'):not(:has(button[name='action_choose']))",
        },
        {trigger: `${best} button[name='action_choose_and_send']`, run: "click"},
        {trigger: "body:not(:has(.modal))"},
        {
            content: "the old job is over and names its successor",
            trigger: ".o_form_view:contains('Refused by Tech A: Ill')",
        },
    ],
});

/** Two taps: accepted, arrived. The telephone number is a link. */
tours.add("aftersales_dispatch_my_day", {
    url: "/odoo/my-day",
    steps: () => [
        {trigger: ".o_kanban_record:contains('Field 7') a[href^='tel:']"},
        {
            trigger:
                ".o_kanban_record:contains('Field 7') button[name='action_accept']",
            run: "click",
        },
        {
            trigger:
                ".o_kanban_record:contains('Field 7') button[name='action_arrive']",
            run: "click",
        },
        {
            trigger:
                ".o_kanban_record:contains('Field 7') button[name='action_create_repair']",
        },
    ],
});
