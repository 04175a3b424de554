package io.vmferry.reports.view;

import java.util.List;

/** The page's first sentence and the bar under it. */
public record Band(Tone tone, String headline, String detail, List<Segment> segments) {
    public Band {
        segments = List.copyOf(segments);
    }
}
