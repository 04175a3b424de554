package io.vmferry.vmware.files.vmx;

import io.vmferry.spi.model.Nic;
import io.vmferry.vmware.files.guest.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The network cards of a VMX: {@code ethernet0} to {@code ethernet9}. */
final class VmxCards {
    /** What VMware gives a card that names no model: the "flexible" one, a PCnet32 until the guest's tools change it. */
    private static final String DEFAULT_MODEL = "flexible";

    private static final int MOST = 10;

    private VmxCards() {}

    static List<Nic> of(VmxFile vmx, BiConsumer<String, String> notice) {
        List<Nic> nics = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            String key = "ethernet" + i;
            if (!vmx.isTrue(key + ".present")) {
                continue;
            }
            String label = "Network adapter " + (i + 1);
            Nic.Network network = network(vmx, key);
            if (network.name().isEmpty()) {
                notice.accept("files.nic-without-network", label + " is on no network");
            }
            nics.add(new Nic(
                    "eth" + i,
                    label,
                    vmx.value(key + ".virtualDev").orElse(DEFAULT_MODEL).toLowerCase(Locale.ROOT),
                    mac(vmx, key, label, notice),
                    network,
                    !vmx.isFalse(key + ".startConnected"),
                    slot(vmx, key),
                    null));
        }
        return nics;
    }

    private static Nic.Network network(VmxFile vmx, String key) {
        String id = vmx.text(key + ".dvs.portgroupId");
        // ESXi names the port group; Workstation and Fusion a virtual switch or a kind of connection.
        String name = vmx.value(key + ".networkName")
                .or(() -> vmx.value(key + ".dvs.portgroupId"))
                .or(() -> vmx.value(key + ".vnet"))
                .or(() -> vmx.value(key + ".connectionType"))
                .orElse("");
        return new Nic.Network(name, id.isEmpty() ? null : id, null);
    }

    private static @Nullable String mac(VmxFile vmx, String key, String label, BiConsumer<String, String> notice) {
        boolean byHand = vmx.text(key + ".addressType").equalsIgnoreCase("static");
        Optional<String> stated = byHand
                ? vmx.value(key + ".address")
                : vmx.value(key + ".generatedAddress").or(() -> vmx.value(key + ".address"));
        Optional<String> mac = stated.flatMap(MacAddress::normal);
        if (stated.isPresent() && mac.isEmpty()) {
            notice.accept(
                    "files.mac-unreadable", label + " has the MAC address \"" + stated.get() + "\", which is none");
        }
        return mac.orElse(null);
    }

    private static @Nullable Integer slot(VmxFile vmx, String key) {
        return vmx.value(key + ".pciSlotNumber")
                .filter(s -> s.matches("\\d{1,9}")) // -1 until the VM was started first
                .map(Integer::valueOf)
                .orElse(null);
    }
}
