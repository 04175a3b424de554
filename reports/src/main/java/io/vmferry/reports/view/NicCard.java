package io.vmferry.reports.view;

import java.util.List;

/** One network card. */
public record NicCard(String label, String from, String to, Badge badge, List<Fact> facts) {
    public NicCard {
        facts = List.copyOf(facts);
    }
}
