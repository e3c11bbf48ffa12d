import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** Quality reads the arithmetic and asks the dealer. */
tours.add("aftersales_parts_analysis_ask", {
    steps: () => [
        {
            content: "the dealer who stands out is in the list",
            trigger: ".o_data_row:contains('A01') td[name='product_id']",
            run: "click",
        },
        {
            content: "the form says how it was reckoned",
            trigger:
                ".o_field_widget[name='arithmetic']:contains('5 pieces on 4 machines')",
        },
        {
            trigger: ".o_field_widget[name='question'] textarea",
            run: "edit Why so many pumps?",
        },
        {trigger: "button[name='action_ask']", run: "click"},
        {trigger: ".o_arrow_button_current:contains('Dealer Asked')"},
    ],
});

/** The dealer's manager sees the one row he was asked about, and answers. */
tours.add("aftersales_parts_analysis_answer", {
    steps: () => [
        {
            trigger: ".o_data_row td[name='product_id']:contains('Pump')",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name='question']:contains('Why so many pumps?')",
        },
        {
            trigger: ".o_field_widget[name='answer'] textarea",
            run: "edit Hail in June",
        },
        {trigger: "button[name='action_answer']", run: "click"},
        {trigger: ".o_arrow_button_current:contains('Answered')"},
    ],
});
