import {Component, onWillUnmount, onMounted, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const INTERVAL = 1000; // ms

/**
 * A bar that asks the server how far a running import has come, and loads the form
 * again when it has ended.
 */
export class ImportProgress extends Component {
    static template = "aftersales_import.ImportProgress";
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
        this.state = useState({percent: this.props.record.data[this.props.name]});
        onMounted(() => {
            this.timer = setInterval(() => this.refresh(), INTERVAL);
        });
        onWillUnmount(() => clearInterval(this.timer));
    }

    get label() {
        return _t("%s %% imported", Math.round(this.state.percent));
    }

    async refresh() {
        const {resId, resModel, data} = this.props.record;
        if (data.state !== "queued" || this.isAsking) {
            return;
        }
        this.isAsking = true;
        try {
            const fields = ["state", this.props.name];
            const [job] = await this.orm.silent.read(resModel, [resId], fields);
            this.state.percent = job[this.props.name];
            if (job.state !== "queued") {
                await this.props.record.model.load();
            }
        } finally {
            this.isAsking = false;
        }
    }
}

registry.category("fields").add("aftersales_import_progress", {
    component: ImportProgress,
    supportedTypes: ["float"],
    fieldDependencies: [{name: "state", type: "selection"}],
});
