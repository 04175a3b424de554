package io.vmferry.kubevirt.check;

import io.vmferry.kubevirt.TargetFinding;
import io.vmferry.kubevirt.syntax.DnsLabel;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.TargetFacts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names of objects. KubeVirt itself would take a VM name of 253 characters; as a label of its pods and of hybridnet's addresses
 * it must have 63 at most.
 */
final class NameCheck implements VmCheck {
    private static final String RULE = "lower-case letters, digits and dashes, 63 at most, dashes inside only";

    /** KubeVirt's pattern for names of interfaces. */
    private static final Pattern INTERFACE = Pattern.compile("[A-Za-z0-9_-]{1,63}");

    @Override
    public List<Finding> check(VmPlan vm, TargetFacts facts) {
        List<Finding> findings = new ArrayList<>();
        String subject = vm.vm().name();
        label(findings, subject, "namespace", vm.target().namespace());
        label(findings, subject, "VM", vm.target().name());
        Set<String> volumes = new HashSet<>();
        for (DiskPlan disk : vm.disks()) {
            String of = subject + " / " + disk.disk().label();
            label(findings, of, "disk", disk.name());
            once(findings, of, "disk", disk.name(), volumes);
        }
        Set<String> interfaces = new HashSet<>();
        for (NicPlan nic : vm.nics()) {
            String of = subject + " / " + nic.nic().label();
            if (!INTERFACE.matcher(nic.key()).matches()) {
                findings.add(TargetFinding.NAME_INVALID.on(
                        of, "\"" + nic.key() + "\" cannot be the name of an interface.", "Report this as a defect."));
            }
            once(findings, of, "network card", nic.key(), interfaces);
        }
        return findings;
    }

    private static void label(List<Finding> findings, String subject, String what, String name) {
        if (!DnsLabel.is(name)) {
            findings.add(TargetFinding.NAME_INVALID.on(
                    subject,
                    "\"" + name + "\" cannot be the name of a " + what + ".",
                    "Set a name of " + RULE + " in the rules or for this VM."));
        }
    }

    private static void once(List<Finding> findings, String subject, String what, String name, Set<String> seen) {
        if (!seen.add(name)) {
            findings.add(TargetFinding.NAME_DUPLICATE.on(
                    subject,
                    "Another " + what + " of this VM is named \"" + name + "\" too.",
                    "Give each " + what + " its own name."));
        }
    }
}
