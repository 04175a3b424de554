package io.vmferry.reports.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole report. Lists that do not apply are empty, and their parts are left out.
 *
 * @param kind what it is, over the title
 * @param failures of a run, gathered at the top
 * @param happening what a plan will do, in sentences
 * @param general findings about the migration as a whole
 * @param groups findings on VMs, by code
 * @param stateTitle heading of the column that says how each VM stands
 */
public record Page(
        String kind,
        String title,
        List<Fact> head,
        Band band,
        List<Figure> figures,
        List<FailureBox> failures,
        List<String> happening,
        List<NextStep> next,
        List<FindingView> general,
        List<FindingGroup> groups,
        List<Place> places,
        String chartsTitle,
        @Nullable Timeline timeline,
        List<BarChart> charts,
        String stateTitle,
        List<VmRow> rows,
        List<VmSection> vms,
        String footer) {
    public Page {
        head = List.copyOf(head);
        figures = List.copyOf(figures);
        failures = List.copyOf(failures);
        happening = List.copyOf(happening);
        next = List.copyOf(next);
        general = List.copyOf(general);
        groups = List.copyOf(groups);
        places = List.copyOf(places);
        charts = List.copyOf(charts);
        rows = List.copyOf(rows);
        vms = List.copyOf(vms);
    }

    /** A source or the target. */
    public record Place(String title, String name, List<Fact> facts) {
        public Place {
            facts = List.copyOf(facts);
        }
    }
}
