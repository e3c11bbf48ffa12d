import {onWillDestroy, reactive, useState} from "@odoo/owl";

const STEP = 15 * 1000;
// One timer for all countdowns of a page, however many rows a list has.
const ticker = reactive({now: Date.now()});
let users = 0;
let timer = null;

/**
 * The time of now, which renders the component anew as it passes.
 *
 * @returns {{now: Number}}
 */
export function useTicker() {
    if (!users) {
        ticker.now = Date.now();
        timer = setInterval(() => (ticker.now = Date.now()), STEP);
    }
    users += 1;
    onWillDestroy(() => {
        users -= 1;
        if (!users) {
            clearInterval(timer);
        }
    });
    return useState(ticker);
}
