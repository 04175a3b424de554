package io.vmferry.reports.view;

import java.util.List;

/**
 * Horizontal bars with layers, one row per VM.
 *
 * @param more says how many rows were left out; empty none
 */
public record BarChart(String title, String note, List<Layer> legend, List<Row> rows, String more) {
    public BarChart {
        legend = List.copyOf(legend);
        rows = List.copyOf(rows);
    }

    /**
     * An entry of the legend.
     *
     * @param css which of the layers it is: {@code all}, {@code data}, {@code moved}, {@code rate}
     */
    public record Layer(String css, String text) {}

    /**
     * A VM.
     *
     * @param values the numbers, one per layer; the bars say nothing that is not in them
     */
    public record Row(Link label, List<Bar> bars, List<String> values) {
        public Row {
            bars = List.copyOf(bars);
            values = List.copyOf(values);
        }
    }

    /**
     * One layer of one VM.
     *
     * @param width in percent
     */
    public record Bar(String css, String width) {}
}
