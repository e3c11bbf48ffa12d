/** A stroke with the finger. */
function drawOn(canvas) {
    const {left, top, width, height} = canvas.getBoundingClientRect();
    const touch = (type, x, y) =>
        canvas.dispatchEvent(
            new PointerEvent(type, {
                bubbles: true,
                buttons: type === "pointerup" ? 0 : 1,
                clientX: left + width * x,
                clientY: top + height * y,
                isPrimary: true,
                pointerId: 1,
                pointerType: "touch",
                pressure: 0.5,
            })
        );
    touch("pointerdown", 0.2, 0.5);
    for (const step of [0.3, 0.4, 0.5, 0.6, 0.7]) {
        touch("pointermove", step, step);
    }
    touch("pointerup", 0.7, 0.7);
}

/** The customer signs by hand in the dialog of a signature field. */
export function signByHand(field) {
    return [
        {trigger: `.o_field_widget[name='${field}'] .o_signature`, run: "click"},
        {trigger: ".modal .o_web_sign_draw_button", run: "click"},
        {
            trigger: ".modal canvas.o_web_sign_signature",
            async run() {
                const isSigned = () =>
                    document.querySelector(".modal .btn-primary:not([disabled])");
                // the pad takes strokes once it has its size
                for (let attempt = 0; attempt < 20 && !isSigned(); attempt++) {
                    drawOn(this.anchor);
                    await new Promise((resolve) => setTimeout(resolve, 250));
                }
            },
        },
        {
            trigger: ".modal .btn-primary:contains('Adopt'):not([disabled])",
            run: "click",
        },
        {trigger: `.o_field_widget[name='${field}'] img.o_signature`},
    ];
}
