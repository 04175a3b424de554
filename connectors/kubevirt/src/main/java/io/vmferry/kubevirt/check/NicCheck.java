package io.vmferry.kubevirt.check;

import io.vmferry.kubevirt.TargetFinding;
import io.vmferry.kubevirt.network.Binding;
import io.vmferry.kubevirt.version.Version;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.TargetFacts;
import io.vmferry.spi.target.TargetFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Network cards as devices. */
final class NicCheck implements VmCheck {
    private static final int MOST = 256;
    private static final Pattern MAC = Pattern.compile("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}");
    private static final String NO_MAC = "00:00:00:00:00:00";

    /** The address of the gateway that KubeVirt puts before a masqueraded guest. */
    private static final String GATEWAY_MAC = "02:00:00:00:00:00";

    /** The admitter's list at 0.50. */
    private static final Set<String> MODELS = Set.of("virtio", "e1000", "e1000e", "ne2k_pci", "pcnet", "rtl8139");

    private static final String IGB = "igb";
    private static final Version IGB_SINCE = new Version(1, 4);

    @Override
    public List<Finding> check(VmPlan vm, TargetFacts facts) {
        List<Finding> findings = new ArrayList<>();
        if (vm.nics().size() > MOST) {
            findings.add(TargetFinding.TOO_MANY_DEVICES.on(
                    vm.vm().name(),
                    "The VM has " + vm.nics().size() + " network cards; KubeVirt admits " + MOST + ".",
                    "Remove some at the source or leave this VM out."));
        }
        for (NicPlan nic : vm.nics()) {
            String subject = vm.vm().name() + " / " + nic.nic().label();
            model(findings, subject, nic, facts);
            mac(findings, subject, nic);
            if (!nic.connected() && !facts.can(TargetFeature.INTERFACE_STATE)) {
                findings.add(TargetFinding.NIC_STATE_UNSUPPORTED.on(
                        subject,
                        "The card is not connected at the source; KubeVirt " + facts.kubevirtVersion()
                                + " will connect it (1.5 is the first that need not).",
                        "Make sure that its address disturbs nobody, or remove the card."));
            }
        }
        return findings;
    }

    private static void model(List<Finding> findings, String subject, NicPlan nic, TargetFacts facts) {
        Set<String> models = new TreeSet<>(MODELS);
        if (Version.parse(facts.kubevirtVersion())
                .filter(version -> version.atLeast(IGB_SINCE))
                .isPresent()) {
            models.add(IGB);
        }
        if (!models.contains(nic.model())) {
            findings.add(TargetFinding.NIC_MODEL_REFUSED.on(
                    subject,
                    "KubeVirt " + facts.kubevirtVersion() + " has no network card \"" + nic.model() + "\".",
                    "Use one of " + String.join(", ", models) + "."));
        }
    }

    private static void mac(List<Finding> findings, String subject, NicPlan nic) {
        String mac = nic.mac();
        if (mac == null) {
            return;
        }
        if (!MAC.matcher(mac).matches()) {
            findings.add(TargetFinding.MAC_INVALID.on(
                    subject,
                    "\"" + mac + "\" is not a MAC address.",
                    "Write six pairs of hexadecimal digits with colons, like 00:50:56:aa:bb:01."));
            return;
        }
        boolean group = (Integer.parseInt(mac.substring(0, 2), 16) & 1) == 1;
        if (group || mac.equals(NO_MAC)) {
            findings.add(TargetFinding.MAC_INVALID.on(
                    subject,
                    "No card can have the MAC address " + mac + (group ? ", which names a group." : "."),
                    "Set another MAC address for this card, or let one be generated."));
        }
        if (mac.equals(GATEWAY_MAC) && Binding.of(nic).equals(Binding.MASQUERADE)) {
            findings.add(TargetFinding.MAC_INVALID.on(
                    subject,
                    "With masquerade the MAC address " + mac + " belongs to KubeVirt's gateway.",
                    "Set another MAC address for this card, or let one be generated."));
        }
    }
}
