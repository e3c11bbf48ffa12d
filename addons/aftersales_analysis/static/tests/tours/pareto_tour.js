import {registry} from "@web/core/registry";

function getChart() {
    return window.Chart.getChart(document.querySelector(".o_graph_renderer canvas"));
}

registry.category("web_tour.tours").add("aftersales_pareto", {
    steps: () => [
        {
            content: "The chart is there",
            trigger: ".o_graph_renderer canvas",
            run() {
                const [bars, line] = getChart().data.datasets;
                if (bars.data.join() !== "3,1") {
                    throw new Error(`Bars are not sorted: ${bars.data}`);
                }
                if (line.data.join() !== "75,100") {
                    throw new Error(`Shares are wrong: ${line.data}`);
                }
            },
        },
    ],
});
