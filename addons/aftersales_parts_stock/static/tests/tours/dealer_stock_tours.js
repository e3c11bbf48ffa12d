import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

function press(name) {
    return {trigger: `button[name='${name}']:not([disabled])`, run: "click"};
}

function reach(state) {
    return {trigger: `.o_arrow_button_current:contains('${state}')`, timeout: 30000};
}

function open(text) {
    return {trigger: `.o_data_row:contains('${text}') .o_data_cell`, run: "click"};
}

/** The dealer asks for levels and takes over what he agrees with. */
tours.add("aftersales_parts_stock_levels", {
    url: "/odoo/parts-levels",
    steps: () => [
        {trigger: ".o_view_nocontent:contains('No stock level yet')"},
        press("action_propose_all"),
        {
            content: "two pumps were used: at least one, at most three",
            trigger:
                ".o_data_row:contains('Pump') td[name='proposed_maximum']:contains('3')",
        },
        {trigger: ".o_data_row:contains('Pump') td[name='maximum']:contains('0')"},
        {
            trigger: ".o_data_row:contains('Pump') button[name='action_accept']",
            run: "click",
        },
        {trigger: ".o_data_row:contains('Pump') td[name='maximum']:contains('3')"},
        {
            trigger:
                ".o_data_row:contains('Pump'):not(:has(button[name='action_accept']))",
        },
    ],
});

/** The dealer counts; one piece is missing, and he says why. */
tours.add("aftersales_parts_stock_count", {
    url: "/odoo/parts-counts",
    steps: () => [
        {trigger: ".o_list_button_add", run: "click"},
        {trigger: ".o_form_view h1:contains('New Count')"},
        press("action_start"),
        reach("Counting"),
        {
            content: "the books know four pumps",
            trigger: ".o_data_row:contains('Pump') td[name='expected']:contains('4')",
        },
        {trigger: ".o_data_row:contains('Pump') td[name='counted']", run: "click"},
        {
            trigger: ".o_selected_row .o_field_widget[name='counted'] input",
            run: "edit 3 && press Tab",
        },
        {
            content: "the difference stands there at once, with its value",
            trigger: ".o_selected_row td[name='difference']:contains('-1')",
        },
        {
            trigger: ".o_selected_row .o_field_widget[name='reason_id'] input",
            run: "edit Lost",
        },
        {
            trigger:
                ".o-autocomplete--dropdown-item:not(:has(.o_loading)):contains('Lost')",
            run: "click",
        },
        press("action_submit"),
        reach("To Approve"),
    ],
});

/** His manager looks at the difference and posts it. */
tours.add("aftersales_parts_stock_approve", {
    url: "/odoo/parts-counts",
    steps: () => [
        open("To Approve"),
        {trigger: ".o_data_row:contains('Pump'):contains('Lost')"},
        press("action_approve"),
        reach("Posted"),
    ],
});

/** The keeper brings two dealers together; he sees what the giver has. */
tours.add("aftersales_parts_stock_transfer_ask", {
    url: "/odoo/parts-transfers",
    steps: () => [
        {trigger: ".o_list_button_add", run: "click"},
        {
            trigger: ".o_field_widget[name='dealer_id'] input",
            run: "edit A01",
        },
        {
            trigger:
                ".o-autocomplete--dropdown-item:not(:has(.o_loading)):contains('A01')",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name='target_dealer_id'] input",
            run: "edit B01",
        },
        {
            trigger:
                ".o-autocomplete--dropdown-item:not(:has(.o_loading)):contains('B01')",
            run: "click",
        },
        {trigger: ".o_field_x2many_list_row_add a", run: "click"},
        {
            trigger: ".o_selected_row .o_field_widget[name='product_id'] input",
            run: "edit Tour Pump",
        },
        {
            trigger:
                ".o-autocomplete--dropdown-item:not(:has(.o_loading)):contains('Tour Pump')",
            run: "click",
        },
        {trigger: ".o_selected_row td[name='available']:contains('4')"},
        {
            trigger: ".o_selected_row .o_field_widget[name='quantity'] input",
            run: "edit 3 && press Tab",
        },
        press("action_request"),
        reach("To Ship"),
    ],
});

/** The giving dealer's manager ships. */
tours.add("aftersales_parts_stock_transfer_ship", {
    url: "/odoo/parts-transfers",
    steps: () => [
        open("To Southern Machinery"),
        {trigger: ".o_field_widget[name='waybill'] input", run: "edit SF-1"},
        press("action_ship"),
        reach("On the Way"),
    ],
});

/** The receiving dealer misses one piece and says so. */
tours.add("aftersales_parts_stock_transfer_receive", {
    url: "/odoo/parts-transfers",
    steps: () => [
        open("From Northern Machinery"),
        {
            trigger:
                ".o_field_widget[name='waybill']:contains('SF-1'), .o_field_widget[name='waybill'] input",
        },
        {trigger: ".o_data_row td[name='received']", run: "click"},
        {
            trigger: ".o_selected_row .o_field_widget[name='received'] input",
            run: "edit 2 && press Tab",
        },
        press("action_receive"),
        reach("Received"),
        {trigger: ".o_data_row td[name='lost']:contains('1')"},
    ],
});

/** The keeper decides about the piece that was lost. */
tours.add("aftersales_parts_stock_transfer_settle", {
    url: "/odoo/parts-transfers",
    steps: () => [open("Received"), press("action_write_off"), reach("Done")],
});
