import {Component, onMounted, useRef} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/**
 * Points as a row of buttons, made for a call: the keys 1 to 5 choose and go on to the
 * next question, 0 and Delete take the points back.
 */
export class ScoreField extends Component {
    static template = "aftersales_followup.ScoreField";
    static props = {...standardFieldProps};

    setup() {
        this.group = useRef("group");
        onMounted(() => this.takeFocus());
    }

    /** Whoever opens a call may answer its first question at once. */
    takeFocus() {
        const group = this.group.el;
        const first = group && this.getGroups(group)[0] === group;
        if (first && document.activeElement === document.body) {
            group.focus({preventScroll: true});
        }
    }

    get options() {
        return this.props.record.fields[this.props.name].selection;
    }

    get value() {
        return this.props.record.data[this.props.name];
    }

    get label() {
        const option = this.options.find(([value]) => value === this.value);
        return option ? option[1] : "";
    }

    async choose(value) {
        if (!this.props.readonly) {
            await this.props.record.update({[this.props.name]: value});
        }
    }

    onKeydown(ev) {
        const known = this.options.some(([value]) => value === ev.key);
        if (known) {
            this.choose(ev.key);
            this.goOn(ev.currentTarget);
        } else if (ev.key === "0" || ev.key === "Delete") {
            this.choose(false);
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }

    getGroups(group) {
        const form = group.closest(".o_form_view") || document;
        return [...form.querySelectorAll(".o_aftersales_score")];
    }

    /**
     * @param {HTMLElement} group the buttons that were answered
     */
    goOn(group) {
        const groups = this.getGroups(group);
        const next = groups[groups.indexOf(group) + 1];
        if (next) {
            next.focus();
        }
    }
}

registry.category("fields").add("aftersales_score", {
    component: ScoreField,
    displayName: _t("Points"),
    supportedTypes: ["selection"],
    // the rows of a list take points without being opened for editing first
    extractProps: (_fieldInfo, dynamicInfo) => ({readonly: dynamicInfo.readonly}),
});
