package io.vmferry.rules.storage;

import io.vmferry.rules.check.PlanFinding;
import io.vmferry.rules.check.Subject;
import io.vmferry.rules.check.YamlWord;
import io.vmferry.rules.match.StorageMatch;
import io.vmferry.rules.model.MappingRule;
import io.vmferry.rules.model.MappingRules;
import io.vmferry.rules.model.Overrides;
import io.vmferry.rules.model.StorageTarget;
import io.vmferry.rules.model.VmOverride;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.plan.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the storage class of a disk. Without any rule the cluster's default serves; with rules, one must match. */
final class StorageChoice {
    private final MappingRules rules;
    private final Overrides overrides;

    StorageChoice(MappingRules rules, Overrides overrides) {
        this.rules = rules;
        this.overrides = overrides;
    }

    /**
     * @param rule name of the rule; empty when none matched
     */
    record Result(String rule, StorageTarget to) {}

    /** @param findings takes what stands in the way */
    Result of(Vm vm, Disk disk, int position, long virtualSize, List<Finding> findings) {
        MappingRule<StorageMatch, StorageTarget> rule = MappingRules.first(
                        rules.storage(), match -> match.matches(vm, disk, position, virtualSize))
                .orElse(null);
        @Nullable
        StorageTarget override =
                overrides.of(vm).disk(position).map(VmOverride.DiskOverride::to).orElse(null);
        String subject = Subject.of(vm, disk);
        if (override != null && override.storageClass() != null) {
            // A class chosen by a person settles it, whatever the rules say.
            StorageTarget base = rule == null || rule.to() == null ? StorageTarget.CLUSTER_DEFAULT : rule.to();
            return new Result("override", base.overlaidBy(override));
        }
        if (rule == null) {
            findings.add(rules.storage().isEmpty() ? noRules(subject) : unmapped(subject, disk));
            return new Result("", overlay(StorageTarget.CLUSTER_DEFAULT, override));
        }
        if (rule.to() == null) {
            findings.add(PlanFinding.STORAGE_BLOCKED.about(
                    subject, "storage rule '" + rule.name() + "' refuses it: " + rule.block()));
            return new Result(rule.name(), overlay(StorageTarget.CLUSTER_DEFAULT, override));
        }
        return new Result(rule.name(), overlay(rule.to(), override));
    }

    private static StorageTarget overlay(StorageTarget base, @Nullable StorageTarget override) {
        return override == null ? base : base.overlaidBy(override);
    }

    private static Finding noRules(String subject) {
        return PlanFinding.STORAGE_DEFAULT_CLASS.about(
                subject, "no storage rule is given, so the cluster's default storage class is used");
    }

    private static Finding unmapped(String subject, Disk disk) {
        return PlanFinding.STORAGE_UNMAPPED.about(
                subject,
                "no storage rule matches it (it lies on '" + disk.storage() + "')",
                "Add under spec.storage of the mapping rules: - {match: {storage: " + YamlWord.of(disk.storage())
                        + "}, to: {storageClass: CLASS}}");
    }
}
