import {_t} from "@web/core/l10n/translation";
import {GraphModel} from "@web/views/graph/graph_model";
import {GraphRenderer} from "@web/views/graph/graph_renderer";
import {graphView} from "@web/views/graph/graph_view";
import {registry} from "@web/core/registry";

const AXIS = "share";

/**
 * Percent of the total that each bar and those before it make together.
 *
 * @param {Object[]} datasets stacked bars
 * @returns {Number[]}
 */
export function cumulativeShares(datasets) {
    const sums = [];
    for (const dataset of datasets) {
        dataset.data.forEach((value, index) => {
            sums[index] = (sums[index] || 0) + value;
        });
    }
    const total = sums.reduce((sum, value) => sum + value, 0);
    let running = 0;
    return sums.map((value) => {
        running += value;
        return total ? Math.round((running * 1000) / total) / 10 : 0;
    });
}

class ParetoModel extends GraphModel {
    _getLineOverlayDataset() {
        const datasets = this.data.datasets;
        if (!datasets.length || !datasets[0].data.length) {
            return null;
        }
        return {
            label: _t("Cumulative %"),
            data: cumulativeShares(datasets),
            currencyIds: [],
            trueLabels: datasets[0].trueLabels.map((label) =>
                _t("%s: cumulative %", label)
            ),
            yAxisID: AXIS,
        };
    }
}

class ParetoRenderer extends GraphRenderer {
    getScaleOptions() {
        const scales = super.getScaleOptions();
        if (this.model.lineOverlayDataset) {
            scales[AXIS] = {
                position: "right",
                min: 0,
                max: 100,
                grid: {drawOnChartArea: false},
                ticks: {callback: (value) => `${value} %`},
            };
        }
        return scales;
    }
}

// The largest bars first, and a line of what they make up together.
registry.category("views").add("aftersales_pareto", {
    ...graphView,
    Model: ParetoModel,
    Renderer: ParetoRenderer,
});
