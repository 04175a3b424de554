package io.vmferry.simulator.vsphere.world;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A network card of a machine and what its guest does with it. Guarded by the world's lock once added. */
public final class NicSpec {
    public final Network network;
    /** {@code vmxnet3}, {@code e1000e}, {@code e1000}, {@code sriov}. */
    public String model = "vmxnet3";

    public @Nullable String mac;
    /** {@code assigned}, {@code generated} or {@code manual}. */
    public String macKind = "assigned";

    public boolean connected = true;
    public boolean startConnected = true;
    /** Addresses as {@code 10.0.0.5/24}, seen while the guest's tools run. */
    public final List<String> addresses = new ArrayList<>();

    public boolean dhcp;
    public @Nullable String gateway;
    public final List<String> dns = new ArrayList<>();

    NicSpec(Network network) {
        this.network = network;
    }

    /** @param address with its prefix length: {@code 10.0.0.5/24} */
    public NicSpec address(String address) {
        addresses.add(address);
        return this;
    }

    public NicSpec gateway(String address) {
        gateway = address;
        return this;
    }

    public NicSpec dns(String server) {
        dns.add(server);
        return this;
    }

    public NicSpec model(String value) {
        model = value;
        return this;
    }

    public NicSpec mac(String value) {
        mac = value;
        macKind = "manual";
        return this;
    }
}
