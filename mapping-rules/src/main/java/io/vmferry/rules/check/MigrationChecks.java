package io.vmferry.rules.check;

import io.vmferry.rules.model.MappingRule;
import io.vmferry.rules.model.MappingRules;
import io.vmferry.rules.model.MigrationFile;
import io.vmferry.rules.model.VmOverride;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.Plan;
import io.vmferry.spi.plan.VmPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Findings about the migration as a whole. */
final class MigrationChecks {
    private MigrationChecks() {}

    static List<Finding> of(
            MigrationFile file, MappingRules rules, List<Plan.SourceSummary> sources, List<VmPlan> vms) {
        List<Finding> findings = new ArrayList<>();
        if (vms.isEmpty()) {
            findings.add(PlanFinding.PLAN_NO_VMS.about(file.name()));
        }
        sources.stream()
                .filter(source -> source.trust().contains("insecure"))
                .forEach(source -> findings.add(PlanFinding.SOURCE_INSECURE.about(
                        source.name(), "the connection to " + source.location() + " is not verified")));
        Map<String, List<VmPlan>> byWord = byWord(vms);
        for (VmOverride override : file.overrides()) {
            if (hit(override, byWord).isEmpty()) {
                findings.add(PlanFinding.OVERRIDE_NO_VM.about(
                        override.vm(), "there is an override for it, and no such VM is in the plan"));
            }
        }
        if (!vms.isEmpty()) {
            Set<String> networks = vms.stream()
                    .flatMap(vm -> vm.nics().stream())
                    .map(NicPlan::rule)
                    .collect(Collectors.toSet());
            unused("network", rules.networks(), networks, findings);
            Set<String> storage = vms.stream()
                    .flatMap(vm -> vm.disks().stream())
                    .map(DiskPlan::rule)
                    .collect(Collectors.toSet());
            unused("storage", rules.storage(), storage, findings);
        }
        return findings;
    }

    /** A default that nothing needs is good news. */
    private static <M, T> void unused(
            String kind, List<MappingRule<M, T>> rules, Set<String> used, List<Finding> findings) {
        rules.stream()
                .filter(rule -> rule.match() != null && !used.contains(rule.name()))
                .forEach(rule -> findings.add(PlanFinding.PLAN_RULE_UNUSED.about(
                        rule.name(), "this " + kind + " rule matched nothing in this plan")));
    }

    /** Overrides by display name that hit more than one VM. */
    static Map<String, List<Finding>> ambiguous(MigrationFile file, List<VmPlan> vms) {
        Map<String, List<Finding>> findings = new LinkedHashMap<>();
        Map<String, List<VmPlan>> byWord = byWord(vms);
        for (VmOverride override : file.overrides()) {
            List<VmPlan> hit = hit(override, byWord);
            if (hit.size() > 1) {
                hit.forEach(vm -> findings.computeIfAbsent(vm.key(), key -> new ArrayList<>())
                        .add(PlanFinding.OVERRIDE_AMBIGUOUS.about(
                                Subject.of(vm.vm()),
                                "the override for '" + override.vm() + "' is for " + hit.size()
                                        + " VMs of that name")));
            }
        }
        return findings;
    }

    /** VMs by what an override may call them; ten thousand overrides for ten thousand VMs are looked up, not searched. */
    private static Map<String, List<VmPlan>> byWord(List<VmPlan> vms) {
        Map<String, List<VmPlan>> byWord = new HashMap<>();
        for (VmPlan vm : vms) {
            Set<String> words = new LinkedHashSet<>();
            words.add(vm.vm().name());
            words.add(vm.vm().ref().key());
            words.forEach(word ->
                    byWord.computeIfAbsent(word, key -> new ArrayList<>()).add(vm));
        }
        return byWord;
    }

    private static List<VmPlan> hit(VmOverride override, Map<String, List<VmPlan>> byWord) {
        return byWord.getOrDefault(override.vm(), List.of()).stream()
                .filter(vm -> override.isFor(vm.vm()))
                .toList();
    }
}
