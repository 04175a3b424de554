package io.vmferry.rules.model;

import io.vmferry.rules.match.VmMatch;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import java.util.List;

/**
 * Which VMs take part: those that one of {@code include} matches and none of {@code exclude}.
 *
 * @param include empty: all
 */
public record Selection(List<VmMatch> include, List<VmMatch> exclude) {
    public static final Selection ALL = new Selection(List.of(), List.of());

    public Selection {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    public boolean selects(Vm vm) {
        return (include.isEmpty() || include.stream().anyMatch(match -> match.matches(vm)))
                && exclude.stream().noneMatch(match -> match.matches(vm));
    }

    /** False when a VM need not even be described, because its name and source already rule it out. */
    public boolean maySelect(VmRef ref) {
        return include.isEmpty() || include.stream().anyMatch(match -> match.mayMatch(ref));
    }
}
