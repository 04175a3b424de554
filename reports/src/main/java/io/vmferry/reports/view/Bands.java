package io.vmferry.reports.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Counts VMs by verdict or state for the stacked bar. */
final class Bands {
    private Bands() {}

    /** @param states one per VM, of the given constants, which set the order of the bar */
    static <E extends Enum<E>> List<Segment> segments(
            Wording wording, E[] constants, List<E> states, Function<E, Badge> badge) {
        Map<E, Long> counts =
                states.stream().collect(Collectors.groupingBy(s -> s, LinkedHashMap::new, Collectors.counting()));
        List<Segment> segments = new ArrayList<>();
        long before = 0;
        for (E constant : constants) {
            long count = counts.getOrDefault(constant, 0L);
            if (count > 0) {
                segments.add(new Segment(
                        Wording.key(constant),
                        badge.apply(constant),
                        wording.units.count(count),
                        Percent.of(before, states.size()),
                        Percent.of(count, states.size())));
                before += count;
            }
        }
        return segments;
    }

    /** {@code 12 ready, 3 with warnings}: counts with lower-case words, as a sentence's middle. */
    static String sentence(Wording wording, List<Segment> segments, String family) {
        return segments.stream()
                .map(s -> wording.text(family + "." + s.key(), s.count()))
                .collect(Collectors.joining(wording.text("list.comma")));
    }
}
