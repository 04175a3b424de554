package io.vmferry.vmware.vsphere.inventory;

import io.vmferry.spi.model.GuestInterface;
import io.vmferry.spi.model.Nic;
import io.vmferry.vmware.files.guest.MacAddress;
import io.vmferry.vmware.vsphere.client.XmlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The network cards of a VM, in the words of the model. One use. */
final class NicMapping {
    private static final int FIRST_KEY = 4000;
    private static final int USUAL_MTU = 1500;

    private final XmlNode vm;
    private final Surroundings around;
    private final @Nullable HostFacts host;
    private final GuestNetworks guest;
    private final BiConsumer<String, String> notice;

    NicMapping(XmlNode vm, Surroundings around, GuestNetworks guest, BiConsumer<String, String> notice) {
        this.vm = vm;
        this.around = around;
        this.host = around.host(vm.ref("runtime.host"));
        this.guest = guest;
        this.notice = notice;
    }

    /** All kinds of cards have an address type, those too that are newer than any list. */
    static boolean isNic(XmlNode device) {
        return device.at("addressType") != null
                || (device.at("macAddress") != null && !model(device).isEmpty());
    }

    List<Nic> nics(Map<String, String> features) {
        List<Nic> nics = new ArrayList<>();
        for (XmlNode device : vm.each("config.hardware.device")) {
            if (isNic(device)) {
                nics.add(nic(device, nics.size() + 1, features));
            }
        }
        return nics;
    }

    private Nic nic(XmlNode device, int number, Map<String, String> features) {
        String key = device.text("key", "nic" + number);
        String label = device.text("deviceInfo.label", "Network adapter " + number);
        String mac = mac(device, label);
        Integer deviceKey = device.integer("key");
        GuestInterface seen = guest.of(deviceKey == null ? -1 : deviceKey, mac);
        Nic.Network network = network(device.at("backing"), label, features);
        return new Nic(
                key,
                label,
                model(device),
                mac,
                network,
                !Boolean.FALSE.equals(device.flag("connectable.startConnected")),
                slot(device, deviceKey),
                seen);
    }

    /** The type without its prefix: {@code vmxnet3}, {@code e1000e}; empty for what is no known card. */
    private static String model(XmlNode device) {
        return switch (device.type()) {
            case "VirtualSriovEthernetCard" -> "sriov";
            case "VirtualVmxnet3Vrdma" -> "vmxnet3vrdma";
            case "VirtualE1000",
                    "VirtualE1000e",
                    "VirtualPCNet32",
                    "VirtualVmxnet",
                    "VirtualVmxnet2",
                    "VirtualVmxnet3" ->
                device.type().substring("Virtual".length()).toLowerCase(Locale.ROOT);
            default ->
                device.at("addressType") == null
                        ? ""
                        : device.type().replaceFirst("^Virtual", "").toLowerCase(Locale.ROOT);
        };
    }

    private @Nullable String mac(XmlNode device, String label) {
        String text = device.text("macAddress");
        if (text == null) {
            return null;
        }
        String mac = MacAddress.normal(text).orElse(null);
        if (mac == null) {
            notice.accept("vsphere.mac-unreadable", label + " has the MAC address \"" + text + "\", which is none");
        }
        return mac;
    }

    private Nic.Network network(@Nullable XmlNode backing, String label, Map<String, String> features) {
        NetworkFacts known = null;
        String fallback = "";
        String id = null;
        if (backing != null) {
            id = backing.text("port.portgroupKey", backing.text("opaqueNetworkId", ""));
            known = id.isEmpty() ? null : around.networkByKey(id);
            if (known == null && backing.ref("network") != null) {
                id = backing.ref("network").value();
                known = around.networks().get(backing.ref("network"));
            }
            fallback = backing.text("deviceName", "");
        }
        String name = known != null ? known.name() : EntityName.plain(fallback);
        if (name.isEmpty()) {
            name = id == null ? "" : id;
            notice.accept(
                    "vsphere.network-unknown",
                    label
                            + (name.isEmpty()
                                    ? " is on no network"
                                    : " is on network " + name + ", whose name cannot be read"));
        }
        Integer vlan = known != null && known.vlan() != null ? known.vlan() : null;
        Integer mtu = known == null ? null : known.mtu();
        if (host != null && (known == null || known.kind().equals("port group"))) {
            vlan = vlan == null ? host.portGroups().get(name) : vlan;
            mtu = host.portGroupMtu().get(name);
        }
        if (mtu != null && mtu != USUAL_MTU) {
            features.put("mtu." + label, mtu.toString());
        }
        return new Nic.Network(name, id == null || id.isEmpty() ? null : id, vlan);
    }

    private @Nullable Integer slot(XmlNode device, @Nullable Integer key) {
        Integer slot = device.integer("slotInfo.pciSlotNumber");
        if (slot == null && key != null) {
            String setting = "ethernet" + (key - FIRST_KEY) + ".pciSlotNumber";
            for (XmlNode option : vm.each("config.extraConfig")) {
                if (option.text("key", "").equals(setting)) {
                    slot = option.integer("value");
                }
            }
        }
        return slot == null || slot < 0 ? null : slot;
    }
}
