import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

function press(name) {
    return {trigger: `button[name='${name}']:not([disabled])`, run: "click"};
}

function reach(state) {
    return {trigger: `.o_arrow_button_current:contains('${state}')`, timeout: 30000};
}

function pick(field, text) {
    return [
        {trigger: `.o_field_widget[name='${field}'] input`, run: `edit ${text}`},
        {
            trigger: `.o-autocomplete--dropdown-item:not(:has(.o_loading)):contains('${text}')`,
            run: "click",
        },
    ];
}

/** The keeper orders dearer than agreed; the order waits for the manager. */
tours.add("aftersales_purchase_order", {
    url: "/odoo/parts-purchases",
    steps: () => [
        {trigger: ".o_list_button_add", run: "click"},
        ...pick("partner_id", "Tour Foundry"),
        {
            trigger: ".o_field_x2many_list_row_add a:contains('Add a product')",
            run: "click",
        },
        {
            trigger:
                ".o_selected_row td[name='product_id'] textarea, .o_selected_row td[name='product_id'] input",
            run: "edit Tour Pump",
        },
        {
            trigger:
                ".o-autocomplete--dropdown-item:not(:has(.o_loading)):contains('Tour Pump')",
            run: "click",
        },
        {
            trigger: ".o_selected_row td[name='product_qty'] input",
            run: "edit 60 && press Tab",
        },
        {
            content: "the framework price is filled in",
            trigger: ".o_data_row td[name='framework_price']:contains('80.00')",
        },
        {trigger: ".o_data_row td[name='price_unit']", run: "click"},
        {
            trigger: ".o_selected_row td[name='price_unit'] input",
            run: "edit 90 && press Tab",
        },
        {trigger: ".o_data_row td[name='price_deviation']:contains('12.5')"},
        {
            content: "who pays more says why",
            trigger: ".alert .o_field_widget[name='deviation_reason'] input",
            run: "edit Steel went up",
        },
        press("button_confirm"),
        reach("To Approve"),
        {trigger: ".o_form_view:not(:has(button[name='action_approve_deviation']))"},
    ],
});

/** The manager reads why and approves the price. */
tours.add("aftersales_purchase_approve", {
    url: "/odoo/parts-purchases",
    steps: () => [
        {
            trigger:
                ".o_data_row:contains('Tour Foundry') .o_data_cell[name='partner_id']",
            run: "click",
        },
        {trigger: ".alert .o_field_widget[name='deviation_reason']"},
        press("action_approve_deviation"),
        reach("Purchase Order"),
    ],
});

/** The goods come: validating the receipt asks for the inspection. */
tours.add("aftersales_purchase_receive", {
    url: "/odoo/parts-purchases",
    steps: () => [
        {
            trigger:
                ".o_data_row:contains('Tour Foundry') .o_data_cell[name='partner_id']",
            run: "click",
        },
        {
            trigger: ".o_statusbar_buttons button[name='action_view_picking']",
            run: "click",
        },
        press("button_validate"),
        reach("To Inspect"),
        {trigger: ".o_field_widget[name='sample_size']:contains('20')"},
        {trigger: ".o_form_view:not(:has(button[name='action_accept']))"},
    ],
});

/** The inspector finds two bad pieces among twenty and rejects the lot. */
tours.add("aftersales_purchase_inspect", {
    url: "/odoo/incoming-inspections",
    steps: () => [
        {
            trigger: ".o_data_row:contains('Tour Pump') .o_data_cell[name='name']",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name='inspected'] input",
            run: "edit 20 && press Tab",
        },
        {
            trigger:
                ".o_field_widget[name='defect_ids'] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".o_selected_row td[name='description'] input",
            run: "edit Crack in the casting",
        },
        {
            trigger: ".o_selected_row td[name='quantity'] input",
            run: "edit 2 && press Tab",
        },
        {trigger: ".o_field_widget[name='verdict']:contains('Failed')"},
        press("action_reject"),
        reach("Rejected"),
    ],
});

/** The keeper books the receipt: the lot goes to the rejected goods, and back. */
tours.add("aftersales_purchase_return", {
    url: "/odoo/incoming-inspections",
    steps: () => [
        {trigger: ".o_searchview .o_facet_remove", run: "click"},
        {
            trigger: ".o_data_row:contains('Tour Pump') .o_data_cell[name='name']",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name='picking_id'] a, .o_field_widget[name='picking_id'] .o_external_button",
            run: "click",
        },
        press("button_validate"),
        reach("Done"),
        press("action_open_incoming_inspections"),
        {
            content: "the return to the supplier waits to be shipped",
            trigger: ".o_field_widget[name='return_picking_id']:contains('OUT')",
        },
    ],
});

/** A framework price and its supplier: the keeper enters, the manager designates. */
tours.add("aftersales_purchase_designate", {
    url: "/odoo/designated-suppliers",
    steps: () => [
        {trigger: ".o_searchview .o_facet_remove", run: "click"},
        {
            trigger:
                ".o_data_row:contains('Tour Trader') .o_data_cell[name='partner_id']",
            run: "click",
        },
        press("action_designate"),
        {trigger: ".o_field_widget[name='is_designated'] input:checked"},
        {trigger: "button[name='action_withdraw']"},
    ],
});
