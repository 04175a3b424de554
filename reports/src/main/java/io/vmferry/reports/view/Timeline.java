package io.vmferry.reports.view;

import java.util.List;

/** When each VM was worked on: a row per VM, its steps as spans. */
public record Timeline(List<Tick> ticks, List<Row> rows, List<BarChart.Layer> legend, String more) {
    public Timeline {
        ticks = List.copyOf(ticks);
        rows = List.copyOf(rows);
        legend = List.copyOf(legend);
    }

    /**
     * A mark on the axis.
     *
     * @param x in percent
     * @param anchor of its text: {@code start}, {@code middle}, {@code end}
     * @param minor may be left out where there is little room
     */
    public record Tick(String x, String text, String anchor, boolean minor) {}

    /** A VM. */
    public record Row(Link label, Badge badge, List<Span> spans, String value) {
        public Row {
            spans = List.copyOf(spans);
        }
    }

    /**
     * A step.
     *
     * @param x and width in percent
     */
    public record Span(String x, String width, String css, String title) {}
}
