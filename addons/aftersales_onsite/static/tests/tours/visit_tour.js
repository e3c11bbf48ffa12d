import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {signByHand} from "@aftersales_service/../tests/tours/sign";

// a picture of one pixel
const PIXEL =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

/** From here on the device answers so when it is asked for its place. */
function locate(answer) {
    Object.defineProperty(browser.navigator, "geolocation", {
        configurable: true,
        value: {getCurrentPosition: answer},
    });
}

function takePhoto(input) {
    const bytes = Uint8Array.from(atob(PIXEL), (char) => char.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], "plate.png", {type: "image/png"}));
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", {bubbles: true}));
}

function press(name) {
    return {trigger: `.o_form_view button[name='${name}']`, run: "click"};
}

function answer(check, button) {
    return {
        trigger: `.o_aftersales_checks .o_kanban_record:contains('${check}') button[name='${button}']`,
        run: "click",
    };
}

/** A line is added in a dialog: on a telephone lists are cards. */
function addLine(lines, field, text) {
    return [
        {
            trigger: `.o_field_widget[name='${lines}'] .o-kanban-button-new`,
            run: "click",
        },
        {
            trigger: `.modal .o_field_widget[name='${field}'] input`,
            run: "click",
        },
        {
            trigger: `.modal .o_kanban_record:contains('${text}')`,
            run: "click",
        },
    ];
}

registry.category("web_tour.tours").add("aftersales_onsite_visit", {
    url: "/odoo/on-site",
    steps: () => [
        {trigger: ".o_kanban_record:contains('Farmer Zhang')", run: "click"},
        press("action_accept"),
        press("action_appoint"),
        {trigger: ".modal button[name='action_confirm']", run: "click"},
        {
            trigger: "body:not(:has(.modal)) .o_aftersales_check_in",
            run() {
                locate((resolve) =>
                    resolve({
                        coords: {
                            latitude: 41.8057,
                            longitude: 123.4315,
                            accuracy: 8,
                        },
                    })
                );
            },
        },
        {trigger: ".o_aftersales_check_in", run: "click"},
        {trigger: ".o_aftersales_check_out"},
        {trigger: ".o_field_widget[name='stamp_ids']:contains('41.80570')"},
        press("action_onsite_repair"),
        {trigger: ".o_field_widget[name='usage'] input", run: "edit 320"},
        ...addLine("move_ids", "product_id", "Lift Pump HX9"),
        {
            trigger: ".modal .o_field_widget[name='product_uom_qty'] input",
            run: "edit 2",
        },
        {trigger: ".modal .o_form_button_save", run: "click"},
        {trigger: "body:not(:has(.modal)) .o_kanban_record:contains('Lift Pump HX9')"},
        ...addLine("labour_ids", "operation_id", "Replace fuel pump"),
        {trigger: ".modal .o_form_button_save", run: "click"},
        {trigger: "body:not(:has(.modal)) .o_kanban_record:contains('Replace fuel')"},
        answer("Identity shown", "action_yes"),
        {
            trigger:
                ".o_aftersales_checks .o_kanban_record:contains('Identity') .btn-success",
        },
        {
            content: "finishing without the photo is refused",
            trigger: "button[name='action_finish'].btn-lg",
            run: "click",
        },
        {trigger: ".modal:contains('let the customer sign')"},
        {trigger: ".modal .btn-primary", run: "click"},
        answer("Cleaned", "action_no"),
        {
            trigger: ".modal .o_field_widget[name='remark'] input",
            run: "edit Field work goes on",
        },
        {trigger: ".modal .o_form_button_save", run: "click"},
        {
            trigger:
                "body:not(:has(.modal)) .o_aftersales_checks:contains('Field work goes on')",
        },
        {
            trigger: ".o_aftersales_photos .o_kanban_record:contains('Plate')",
            run: "click",
        },
        {
            trigger:
                ".modal .o_field_widget[name='image'] input[type='file']:not(:visible)",
            run() {
                takePhoto(this.anchor);
            },
        },
        {trigger: ".modal .o_field_widget[name='image'] img[src^='data:image/png']"},
        {trigger: ".modal .o_form_button_save", run: "click"},
        {
            trigger:
                "body:not(:has(.modal)) .o_aftersales_photos .o_kanban_record:contains('Plate') img",
        },
        {
            trigger:
                ".o_field_widget[name='customer_rating'] .o_selection_badge:contains('Very satisfied')",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name='signed_by'] input",
            run: "edit Farmer Zhang",
        },
        ...signByHand("customer_signature"),
        {trigger: "button[name='action_finish'].btn-lg", run: "click"},
        {trigger: "body:not(:has(button[name='action_finish'].btn-lg))"},
        {trigger: "button[name='action_open_visit'].btn-lg", run: "click"},
        {
            trigger: ".o_aftersales_check_out",
            run() {
                locate((_resolve, reject) => reject({code: 1}));
            },
        },
        {trigger: ".o_aftersales_check_out", run: "click"},
        {
            trigger:
                ".o_field_widget[name='stamp_ids']:contains('Permission refused on the device')",
        },
    ],
});
