package io.vmferry.reports.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One disk.
 *
 * @param badge its state in a run; null in a plan
 * @param bars its layers in a bar of its own
 */
public record DiskCard(
        String label, String target, String size, @Nullable Badge badge, List<BarChart.Bar> bars, List<Fact> facts) {
    public DiskCard {
        bars = List.copyOf(bars);
        facts = List.copyOf(facts);
    }
}
