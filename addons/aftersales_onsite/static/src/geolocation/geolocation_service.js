import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";

// PositionError.code of the browser, as the server names it
const REASONS = {1: "denied", 2: "unavailable", 3: "timeout"};
const OPTIONS = {enableHighAccuracy: true, timeout: 10000, maximumAge: 60000};

/**
 * Where the device is, or why that is not known. Never fails: a technician without a
 * signal, or who refuses to be located, still checks in.
 */
export const geolocationService = {
    start() {
        function locate() {
            const {geolocation} = browser.navigator;
            // browsers locate nobody on a page without encryption
            if (!geolocation || !window.isSecureContext) {
                return Promise.resolve({unplaced: "unsupported"});
            }
            return new Promise((resolve) => {
                geolocation.getCurrentPosition(
                    ({coords}) =>
                        resolve({
                            latitude: coords.latitude,
                            longitude: coords.longitude,
                            accuracy: coords.accuracy,
                        }),
                    (error) =>
                        resolve({unplaced: REASONS[error.code] || "unavailable"}),
                    OPTIONS
                );
            });
        }
        return {locate};
    },
};

registry.category("services").add("aftersales_geolocation", geolocationService);
