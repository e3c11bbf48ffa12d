import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatDateTime} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {getTimeLeft} from "./time_left";
import {useTicker} from "./ticker";

const CLASSES = {
    late: "text-danger fw-bold",
    soon: "text-warning-emphasis fw-bold",
    later: "text-success-emphasis",
};

/** A deadline as the time that is left, counting down. */
export class CountdownField extends Component {
    static template = "aftersales_sla.CountdownField";
    static props = {...standardFieldProps};

    setup() {
        this.ticker = useTicker();
    }

    get value() {
        return this.props.record.data[this.props.name];
    }

    get timeLeft() {
        return getTimeLeft(this.value.toMillis(), this.ticker.now);
    }

    get classes() {
        return CLASSES[this.timeLeft.state];
    }

    get title() {
        return formatDateTime(this.value);
    }
}

registry.category("fields").add("sla_countdown", {
    component: CountdownField,
    displayName: _t("Countdown"),
    supportedTypes: ["datetime"],
});
