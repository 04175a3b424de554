package io.vmferry.kubevirt.network;

import io.vmferry.kubevirt.TargetFinding;
import io.vmferry.kubevirt.syntax.DnsLabel;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.NetworkDriver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network of hybridnet, settings {@code network} and {@code subnet} ({@code v4/v6} for two). It is the pod network: chosen by
 * annotations on the VM's template, which KubeVirt passes on to the pod (those on the VM itself are not). With binding bridge the
 * guest owns the pod's address.
 *
 * <p>{@code ip-pool} and {@code mac-pool} are never written: hybridnet reads them for stateful sets and ignores them for VMs. An
 * address is held by objects that only a live cluster can be given, so this driver records it and says so.
 */
public final class HybridnetNetwork implements NetworkDriver {
    public static final String TYPE = "hybridnet";

    private static final String PREFIX = "networking.alibaba.com/";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public NicTarget plan(VmPlan vm, NicPlan nic) {
        String network = nic.settings().getOrDefault("network", "").strip();
        String subnet = nic.settings().getOrDefault("subnet", "").strip();
        Map<String, String> annotations = new LinkedHashMap<>();
        if (!network.isEmpty()) {
            annotations.put(PREFIX + "specified-network", network);
        }
        if (!subnet.isEmpty()) {
            annotations.put(PREFIX + "specified-subnet", subnet);
        }
        return new NicTarget(Map.of("pod", Map.of()), annotations, List.of(), findings(vm, nic, network, subnet));
    }

    private static List<Finding> findings(VmPlan vm, NicPlan nic, String network, String subnet) {
        String subject = Addresses.subject(vm, nic);
        List<Finding> findings = new ArrayList<>();
        if ((network.isEmpty() && subnet.isEmpty())
                || (!network.isEmpty() && !DnsLabel.isSubdomain(network))
                || (!subnet.isEmpty() && !isSubnet(subnet))) {
            findings.add(TargetFinding.NETWORK_NAME_INVALID.on(
                    subject,
                    "network \"" + network + "\" with subnet \"" + subnet + "\" names nothing in hybridnet.",
                    "Give the network rule \"" + nic.rule() + "\" a network, a subnet (v4/v6 for two), or both."));
        }
        if (Addresses.wanted(nic)) {
            boolean hidden = Binding.of(nic).equals(Binding.MASQUERADE);
            findings.add(
                    hidden
                            ? TargetFinding.ADDRESS_NOT_KEPT.on(
                                    subject,
                                    "With masquerade the guest does not own the address " + Addresses.text(nic) + ".",
                                    "Use binding: bridge in the network rule \"" + nic.rule() + "\".")
                            : TargetFinding.ADDRESS_NOT_RESERVED.on(
                                    subject,
                                    "The address " + Addresses.text(nic)
                                            + " is recorded but not reserved; hybridnet gives the VM any free one.",
                                    "Before the first start, make a subnet of that one address and name it in the"
                                            + " annotation networking.alibaba.com/specified-subnet of the VM's template."));
        }
        return findings;
    }

    private static boolean isSubnet(String subnet) {
        String[] names = subnet.split("/", -1);
        if (names.length > 2) {
            return false;
        }
        for (String name : names) {
            if (!DnsLabel.isSubdomain(name)) {
                return false;
            }
        }
        return true;
    }
}
