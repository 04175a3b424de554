package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.wire.Data;
import io.vmferry.simulator.vsphere.world.NicSpec;
import io.vmferry.simulator.vsphere.world.Vm;
import io.vmferry.simulator.vsphere.world.VmDisk;
import io.vmferry.simulator.vsphere.world.VmSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the tools in a guest report; of a machine that is off, only what the configuration says. */
final class VmGuest {
    private VmGuest() {}

    static Data of(Vm vm) {
        VmSpec spec = vm.spec();
        boolean running = vm.toolsRunning();
        Data guest = tools(Data.of("GuestInfo"), vm)
                .set("toolsVersion", spec.tools ? "12389" : "0")
                .set("toolsInstallType", spec.tools ? "guestToolsTypeOpenVMTools" : null)
                .set("guestState", running ? "running" : "notRunning")
                .set("appHeartbeatStatus", "appStatusGray")
                .set("guestOperationsReady", running)
                .set("interactiveGuestOperationsReady", false)
                .set("guestStateChangeSupported", running)
                .set("hwVersion", spec.hardwareVersion);
        if (!running) {
            return guest;
        }
        return guest.set("guestId", spec.guestId)
                .set("guestFamily", spec.guestId.startsWith("windows") ? "windowsGuest" : "linuxGuest")
                .set("guestFullName", spec.guestFullName)
                .set("hostName", spec.hostName)
                .set("ipAddress", firstAddress(spec))
                .set("net", nics(spec))
                .set("ipStack", List.of(stack(spec)))
                .set("disk", disks(vm));
    }

    static Data summary(Vm vm) {
        VmSpec spec = vm.spec();
        Data summary = tools(Data.of("VirtualMachineGuestSummary"), vm).set("hwVersion", spec.hardwareVersion);
        if (vm.toolsRunning()) {
            summary.set("guestId", spec.guestId)
                    .set("guestFullName", spec.guestFullName)
                    .set("hostName", spec.hostName)
                    .set("ipAddress", firstAddress(spec));
        }
        return summary;
    }

    private static Data tools(Data data, Vm vm) {
        boolean installed = vm.spec().tools;
        return data.set(
                        "toolsStatus",
                        !installed ? "toolsNotInstalled" : vm.poweredOn() ? "toolsOk" : "toolsNotRunning")
                .set("toolsVersionStatus", installed ? "guestToolsUnmanaged" : "guestToolsNotInstalled")
                .set("toolsVersionStatus2", installed ? "guestToolsUnmanaged" : "guestToolsNotInstalled")
                .set("toolsRunningStatus", vm.toolsRunning() ? "guestToolsRunning" : "guestToolsNotRunning");
    }

    private static @Nullable String firstAddress(VmSpec spec) {
        return spec.nics.stream()
                .flatMap(nic -> nic.addresses.stream())
                .findFirst()
                .map(VmGuest::address)
                .orElse(null);
    }

    private static String address(String withPrefix) {
        return withPrefix.replaceFirst("/.*", "");
    }

    private static List<Data> nics(VmSpec spec) {
        List<Data> nics = new ArrayList<>();
        for (int i = 0; i < spec.nics.size(); i++) {
            NicSpec nic = spec.nics.get(i);
            List<Data> addresses = new ArrayList<>();
            for (String each : nic.addresses) {
                addresses.add(Data.of("NetIpConfigInfoIpAddress")
                        .set("ipAddress", address(each))
                        .set("prefixLength", Integer.parseInt(each.substring(each.indexOf('/') + 1)))
                        .set("origin", nic.dhcp ? "dhcp" : "manual")
                        .set("state", "preferred"));
            }
            Data config = Data.of("NetIpConfigInfo").set("ipAddress", addresses);
            if (nic.dhcp) {
                config.set(
                        "dhcp",
                        Data.of("NetDhcpConfigInfo")
                                .set(
                                        "ipv4",
                                        Data.of("NetDhcpConfigInfoDhcpOptions").set("enable", true)));
            }
            nics.add(Data.of("GuestNicInfo")
                    .set("network", nic.network.name())
                    .set(
                            "ipAddress",
                            nic.addresses.stream().map(VmGuest::address).toList())
                    .set("macAddress", nic.mac)
                    .set("connected", nic.connected)
                    .set("deviceConfigId", VmDevices.FIRST_NIC + i)
                    .set("ipConfig", addresses.isEmpty() ? null : config));
        }
        // A bridge inside the guest: no device of the machine stands behind it.
        if (spec.extraConfig.containsKey("guest.docker")) {
            nics.add(Data.of("GuestNicInfo")
                    .set("ipAddress", List.of("172.17.0.1"))
                    .set("macAddress", "02:42:ac:11:00:01")
                    .set("connected", true)
                    .set("deviceConfigId", -1));
        }
        return nics;
    }

    private static Data stack(VmSpec spec) {
        List<String> servers =
                spec.nics.stream().flatMap(nic -> nic.dns.stream()).distinct().toList();
        List<Data> routes = new ArrayList<>();
        for (int i = 0; i < spec.nics.size(); i++) {
            String gateway = spec.nics.get(i).gateway;
            if (gateway != null) {
                routes.add(Data.of("NetIpRouteConfigInfoIpRoute")
                        .set("network", gateway.indexOf(':') < 0 ? "0.0.0.0" : "::")
                        .set("prefixLength", 0)
                        .set(
                                "gateway",
                                Data.of("NetIpRouteConfigInfoGateway")
                                        .set("ipAddress", gateway)
                                        .set("device", Integer.toString(i))));
            }
        }
        return Data.of("GuestStackInfo")
                .set(
                        "dnsConfig",
                        Data.of("NetDnsConfigInfo")
                                .set("dhcp", spec.nics.stream().anyMatch(nic -> nic.dhcp))
                                .set("hostName", spec.hostName == null ? "localhost" : spec.hostName)
                                .set("domainName", "sim.test")
                                .set("ipAddress", servers)
                                .set("searchDomain", List.of("sim.test")))
                .set("ipRouteConfig", Data.of("NetIpRouteConfigInfo").set("ipRoute", routes));
    }

    private static List<Data> disks(Vm vm) {
        boolean windows = vm.spec().guestId.startsWith("windows");
        List<Data> disks = new ArrayList<>();
        for (int i = 0; i < vm.disks().size(); i++) {
            VmDisk disk = vm.disks().get(i);
            long size = disk.chain().size();
            disks.add(Data.of("GuestDiskInfo")
                    .set("diskPath", windows ? (char) ('C' + i) + ":\\" : i == 0 ? "/" : "/data" + i)
                    .set("capacity", size)
                    .set("freeSpace", (long) (size * (1 - disk.spec().filled)))
                    .set("filesystemType", windows ? "NTFS" : "ext4")
                    .set(
                            "mappings",
                            List.of(Data.of("GuestInfoVirtualDiskMapping").set("key", disk.key()))));
        }
        return disks;
    }
}
