/** Steps that several tours share. */

export function pick(field, text) {
    return [
        {trigger: `${field} input`, run: `edit ${text}`},
        {
            trigger: `.o-autocomplete--dropdown-item:not(:has(.o_loading)):contains("${text}")`,
            run: "click",
        },
    ];
}

export function select(field, label) {
    return [
        {trigger: `${field} .o_select_menu input`, run: "click"},
        {trigger: `.o_select_menu_item:contains("${label}")`, run: "click"},
    ];
}

export function press(button) {
    return {trigger: `button[name="${button}"]:not([disabled])`, run: "click"};
}

export function reach(state) {
    return {
        content: `The statusbar stands at ${state}`,
        trigger: `.o_statusbar_status .o_arrow_button_current:contains("${state}")`,
    };
}

export function openRow(text) {
    return {
        trigger: `.o_data_row:contains("${text}") .o_data_cell:first`,
        run: "click",
    };
}
