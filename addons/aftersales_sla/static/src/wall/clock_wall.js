import {Component, onWillDestroy, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";
import {getTimeLeft} from "../countdown/time_left";
import {useTicker} from "../countdown/ticker";

const REFRESH = 30 * 1000;

/** The promises that are due next, to be read from across the room. */
export class ClockWall extends Component {
    static template = "aftersales_sla.ClockWall";
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.ticker = useTicker();
        this.state = useState({counts: {}, tiles: [], offset: 0, offline: false});
        onWillStart(() => this.load());
        const timer = setInterval(() => this.refresh(), REFRESH);
        onWillDestroy(() => clearInterval(timer));
    }

    async load() {
        const wall = await this.orm.silent.call(
            "helpdesk.ticket",
            "get_clock_wall",
            []
        );
        this.state.counts = wall.counts;
        this.state.tiles = wall.tiles;
        // The server's clock counts, not that of the screen on the wall.
        this.state.offset = deserializeDateTime(wall.now).toMillis() - Date.now();
        this.state.offline = false;
    }

    async refresh() {
        try {
            await this.load();
        } catch {
            // Old figures with a mark are better than an error on a screen that
            // nobody attends to; the next turn tries again.
            this.state.offline = true;
        }
    }

    get kinds() {
        return [
            {key: "late", label: _t("Late")},
            {key: "soon", label: _t("Within an hour")},
            {key: "later", label: _t("Later")},
            {key: "paused", label: _t("Paused")},
        ];
    }

    getTimeLeft(tile) {
        const deadline = deserializeDateTime(tile.deadline).toMillis();
        return getTimeLeft(deadline, this.ticker.now + this.state.offset);
    }

    openCase(tile) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "helpdesk.ticket",
            res_id: tile.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("aftersales_sla.wall", ClockWall);
