import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** Put a file that the server holds into the file field, as a person would choose it. */
async function chooseFile(input, url, name) {
    const answer = await fetch(url);
    const transfer = new DataTransfer();
    transfer.items.add(new File([await answer.blob()], name));
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", {bubbles: true}));
}

function press(name) {
    return {trigger: `button[name='${name}']:not([disabled])`, run: "click"};
}

/** The keeper takes over a price list, after he has seen what it would do. */
tours.add("aftersales_parts_master_import", {
    url: "/odoo/part-imports",
    steps: () => [
        {trigger: ".o_list_button_add", run: "click"},
        {trigger: ".o_form_view:not(:has(.o_field_widget[name='dealer_id']))"},
        {
            content: "the file lies on the keeper's disk",
            trigger: ".o_field_widget[name='file']",
            async run() {
                const input = document.querySelector(
                    ".o_field_widget[name='file'] input[type='file']"
                );
                await chooseFile(input, "/tour_price_list.xlsx", "2026价格表.xlsx");
            },
        },
        press("action_preview"),
        {
            content: "two rows are good, one names a machine that nobody knows",
            trigger: ".o_field_widget[name='ready']:contains('2')",
        },
        {trigger: ".o_field_widget[name='preview']:contains('B-77')"},
        {trigger: ".nav-link[name='problems']", run: "click"},
        {trigger: ".o_data_row:contains('4LZ-99'):contains('适用机型')"},
        press("action_import"),
        {trigger: ".o_arrow_button_current:contains('Done')", timeout: 30000},
        {trigger: ".o_field_widget[name='imported']:contains('2')"},
    ],
});

/** A part is looked up by its machine; the old number leads to the new one. */
tours.add("aftersales_parts_master_look_up", {
    url: "/odoo/machine-parts",
    steps: () => [
        {trigger: ".o_data_row td:contains('Tour Harvester')", run: "click"},
        {
            content: "two belts per machine, and the old number names its new one",
            trigger: ".o_data_row:contains('Old Belt'):contains('B-77')",
        },
        {trigger: ".o_data_row:contains('[B-77]'):contains('2')"},
        {
            content: "now by the number itself, old ones too",
            trigger: "body",
            run() {
                window.location.href = "/odoo/parts-master";
            },
            expectUnloadPage: true,
        },
        {trigger: ".o_list_view .o_searchview .o_facet_remove", run: "click"},
        {trigger: ".o_searchview_input", run: "edit B-70"},
        {trigger: ".o_searchview_input", run: "press Enter"},
        {trigger: ".o_data_row td:contains('Old Belt')", run: "click"},
        {trigger: ".o_form_view .alert-warning:contains('B-77')"},
        {trigger: ".nav-link[name='numbers']", run: "click"},
        {
            trigger:
                ".o_field_widget[name='supersession_ids'] .o_data_row:contains('B-77')",
        },
    ],
});
