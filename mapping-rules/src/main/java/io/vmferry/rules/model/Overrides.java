package io.vmferry.rules.model;

import io.vmferry.spi.model.Vm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds what was decided for one VM, among possibly thousands. */
public final class Overrides {
    private final Map<String, List<VmOverride>> byVm = new HashMap<>();

    public Overrides(List<VmOverride> overrides) {
        for (VmOverride override : overrides) {
            byVm.computeIfAbsent(override.vm(), word -> new ArrayList<>()).add(override);
        }
    }

    /** The VM's override; one that says nothing when there is none. The source's own key goes before the name. */
    public VmOverride of(Vm vm) {
        for (String word : List.of(vm.ref().key(), vm.name())) {
            for (VmOverride override : byVm.getOrDefault(word, List.of())) {
                if (override.isFor(vm)) {
                    return override;
                }
            }
        }
        return VmOverride.none(vm.name());
    }
}
