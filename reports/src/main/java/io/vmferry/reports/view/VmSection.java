package io.vmferry.reports.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one VM.
 *
 * @param key as {@link VmRow#key}: what the filter compares with
 * @param id the section's place on the page
 * @param open unfolded at first
 * @param machine before and after; in a run the target's side only
 */
public record VmSection(
        String key,
        String id,
        Badge badge,
        String name,
        String target,
        String summary,
        boolean open,
        @Nullable FailureBox failure,
        List<FindingView> findings,
        List<StepRow> steps,
        List<Compare> machine,
        boolean compared,
        List<DiskCard> disks,
        List<NicCard> nics,
        List<Fact> objects) {
    public VmSection {
        findings = List.copyOf(findings);
        steps = List.copyOf(steps);
        machine = List.copyOf(machine);
        disks = List.copyOf(disks);
        nics = List.copyOf(nics);
        objects = List.copyOf(objects);
    }
}
