package io.vmferry.reports.view;

import io.vmferry.reports.text.Visible;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Findings, heaviest first, one by one and gathered by code. */
final class Findings {
    /** Links shown for a code; the rest is counted. */
    private static final int LINKS = 12;

    private final Wording wording;
    private final Map<String, Group> groups = new LinkedHashMap<>();

    Findings(Wording wording) {
        this.wording = wording;
    }

    List<FindingView> sorted(List<Finding> findings) {
        return findings.stream()
                .sorted(Comparator.comparing(Finding::severity))
                .map(f -> new FindingView(
                        wording.badge(f.severity()),
                        Visible.text(f.code()),
                        Visible.text(f.subject()),
                        Visible.text(f.message()),
                        Visible.text(f.remedy())))
                .toList();
    }

    /** How many of each weight, in words: {@code 1 blocker, 2 warnings}. */
    List<String> counts(List<Finding> findings) {
        List<String> lines = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            long count = findings.stream().filter(f -> f.severity() == severity).count();
            if (count > 0) {
                lines.add(wording.text("findings.count." + severity, count));
            }
        }
        return lines.isEmpty() ? List.of(wording.text("findings.none")) : lines;
    }

    /** Remembers a VM's findings for {@link #groups}. */
    void gather(String vm, String id, List<Finding> findings) {
        for (Finding finding : findings) {
            Group group = groups.computeIfAbsent(finding.code() + " " + finding.severity(), k -> new Group(finding));
            Link link = new Link(Visible.text(vm), "#" + id);
            if (group.vms.isEmpty() || !group.vms.get(group.vms.size() - 1).equals(link)) {
                group.vms.add(link);
            }
        }
    }

    /** By weight, then by how many VMs they touch. */
    List<FindingGroup> groups() {
        return groups.values().stream()
                .sorted(Comparator.comparing((Group g) -> g.first.severity()).thenComparing(g -> -g.vms.size()))
                .map(this::view)
                .toList();
    }

    private FindingGroup view(Group group) {
        Finding first = group.first;
        int hidden = group.vms.size() - LINKS;
        return new FindingGroup(
                wording.badge(first.severity()),
                Visible.text(first.code()),
                wording.text("count.vms", group.vms.size()),
                Visible.text(first.message()),
                Visible.text(first.remedy()),
                group.vms.stream().limit(LINKS).toList(),
                hidden > 0 ? wording.text("more", hidden) : "");
    }

    private static final class Group {
        private final Finding first;
        private final List<Link> vms = new ArrayList<>();

        Group(Finding first) {
            this.first = first;
        }
    }
}
