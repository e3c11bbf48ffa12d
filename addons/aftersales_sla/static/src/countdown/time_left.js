import {_t} from "@web/core/l10n/translation";

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
// What is due within the hour is urgent.
const SOON = HOUR;

/**
 * The two largest units of a stretch of time.
 *
 * @param {Number} length in milliseconds
 * @returns {String}
 */
function formatLength(length) {
    const days = Math.floor(length / DAY);
    const hours = Math.floor((length % DAY) / HOUR);
    const minutes = Math.floor((length % HOUR) / MINUTE);
    if (days) {
        return _t("%(days)s d %(hours)s h", {days, hours});
    }
    if (hours) {
        return _t("%(hours)s h %(minutes)s min", {hours, minutes});
    }
    return _t("%(minutes)s min", {minutes});
}

/**
 * How a deadline stands.
 *
 * @param {Number} deadline in milliseconds since the epoch
 * @param {Number} now
 * @returns {{text: String, state: String}} state is late, soon or later
 */
export function getTimeLeft(deadline, now) {
    const left = deadline - now;
    const time = formatLength(Math.abs(left));
    if (left <= 0) {
        return {text: _t("%(time)s late", {time}), state: "late"};
    }
    return {
        text: _t("%(time)s left", {time}),
        state: left <= SOON ? "soon" : "later",
    };
}
