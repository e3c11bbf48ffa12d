import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

/** Check-in or check-out of a job, with the place that the device tells. */
export class AftersalesCheckButton extends Component {
    static template = "aftersales_onsite.CheckButton";
    static props = {...standardWidgetProps, kind: {type: String}};

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.geolocation = useService("aftersales_geolocation");
        this.state = useState({isBusy: false});
    }

    get isIn() {
        return this.props.kind === "in";
    }

    async onClick() {
        this.state.isBusy = true;
        try {
            await this.check();
        } finally {
            this.state.isBusy = false;
        }
    }

    async check() {
        const {record} = this.props;
        if (!(await record.save())) {
            return;
        }
        const position = await this.geolocation.locate();
        const method = this.isIn ? "action_check_in" : "action_check_out";
        await this.orm.call(record.resModel, method, [[record.resId]], {position});
        if (position.unplaced) {
            this.notification.add(
                _t("Noted without a place: the device did not tell where it is."),
                {type: "warning"}
            );
        }
        await record.model.load();
    }
}

registry.category("view_widgets").add("aftersales_check_button", {
    component: AftersalesCheckButton,
    extractProps: ({attrs}) => ({kind: attrs.kind}),
});
