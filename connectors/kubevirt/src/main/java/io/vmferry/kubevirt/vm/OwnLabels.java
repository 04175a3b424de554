package io.vmferry.kubevirt.vm;

import io.vmferry.kubevirt.syntax.LabelSyntax;
import io.vmferry.spi.plan.VmPlan;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The labels by which everything vmferry makes is found again, and without which nothing is touched.
 *
 * @param migration name of the migration
 */
public record OwnLabels(String migration) {
    /** Domain of all labels and annotations that are ours. */
    public static final String PREFIX = "vmferry.io/";

    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String MIGRATION = PREFIX + "migration";
    public static final String VM = PREFIX + "vm";

    /** For an object of one VM. */
    public Map<String, String> of(VmPlan vm) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(MANAGED_BY, "vmferry");
        labels.putAll(ofPod(vm));
        return labels;
    }

    /** For the VM's pods, which KubeVirt manages, not vmferry. */
    public Map<String, String> ofPod(VmPlan vm) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(MIGRATION, LabelSyntax.value(migration));
        labels.put(VM, LabelSyntax.value(vm.key()));
        return labels;
    }
}
