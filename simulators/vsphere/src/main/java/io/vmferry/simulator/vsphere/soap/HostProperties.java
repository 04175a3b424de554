package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.wire.Data;
import io.vmferry.simulator.vsphere.wire.MoRef;
import io.vmferry.simulator.vsphere.world.Entity;
import io.vmferry.simulator.vsphere.world.Host;
import io.vmferry.simulator.vsphere.world.Network;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Properties of ESXi hosts. */
final class HostProperties {
    private static final short PACKAGES = 2;
    private static final short CORES = 48;
    private static final short THREADS = 96;
    private static final int MHZ = 2400;
    private static final long MEMORY = 768L << 30;

    private HostProperties() {}

    static @Nullable Object get(Host host, String name, Scope scope) {
        return switch (name) {
            case "runtime" -> runtime(host);
            case "summary" -> summary(host, scope);
            case "hardware" -> hardware(host);
            case "config" -> host.connection.equals("connected") ? config(host, scope) : null;
            case "vm" -> scope.refs(host.vms);
            case "datastore" -> scope.refs(host.datastores);
            case "network" -> scope.refs(networks(scope));
            case "datastoreBrowser" -> new MoRef("HostDatastoreBrowser", "datastoreBrowser-" + host.id());
            default -> null;
        };
    }

    private static List<Entity> networks(Scope scope) {
        Set<Entity> networks = new LinkedHashSet<>();
        for (Entity each : scope.children(scope.world().datacenter.networks)) {
            if (each instanceof Network) {
                networks.add(each);
            }
        }
        return List.copyOf(networks);
    }

    static Data product(Host host) {
        return Data.of("AboutInfo")
                .set("name", "VMware ESXi")
                .set("fullName", "VMware ESXi " + host.version + " build-" + host.build)
                .set("vendor", "VMware, Inc.")
                .set("version", host.version)
                .set("build", host.build)
                .set("osType", "vmnix-x86")
                .set("productLineId", "embeddedEsx")
                .set("apiType", "HostAgent")
                .set("apiVersion", "8.0.3.0")
                .set("licenseProductName", "VMware ESX Server")
                .set("licenseProductVersion", "8.0");
    }

    private static Data runtime(Host host) {
        return Data.of("HostRuntimeInfo")
                .set("connectionState", host.connection)
                .set("powerState", host.connection.equals("notResponding") ? "unknown" : "poweredOn")
                .set("standbyMode", "none")
                .set("inMaintenanceMode", host.inMaintenance)
                .set("inQuarantineMode", false)
                .set("bootTime", VmConfig.MADE)
                .set("hostMaxVirtualDiskCapacity", 68169720922112L)
                .set("cryptoState", "safe");
    }

    private static String uuid(Host host) {
        return new UUID(host.name().hashCode(), host.id().hashCode()).toString();
    }

    private static Data summary(Host host, Scope scope) {
        Data hardware = Data.of("HostHardwareSummary")
                .set("vendor", "Dell Inc.")
                .set("model", "PowerEdge R760")
                .set("uuid", uuid(host))
                .set("memorySize", MEMORY)
                .set("cpuModel", "Intel(R) Xeon(R) Gold 5412U")
                .set("cpuMhz", MHZ)
                .set("numCpuPkgs", PACKAGES)
                .set("numCpuCores", CORES)
                .set("numCpuThreads", THREADS)
                .set("numNics", 4)
                .set("numHBAs", 2);
        Data config = Data.of("HostConfigSummary")
                .set("name", host.wireName())
                .set("port", host.port)
                .set("sslThumbprint", host.thumbprint)
                .set("product", product(host))
                .set("vmotionEnabled", true)
                .set("faultToleranceEnabled", false);
        return Data.of("HostListSummary")
                .set("host", scope.ref(host))
                .set("hardware", hardware)
                .set("runtime", runtime(host))
                .set("config", config)
                .set(
                        "quickStats",
                        Data.of("HostListSummaryQuickStats")
                                .set("overallCpuUsage", 12000)
                                .set("overallMemoryUsage", 200000))
                .set("overallStatus", "green")
                .set("rebootRequired", false)
                .set("managementServerIp", scope.host() == null ? "127.0.0.1" : null)
                .set("maxEVCModeKey", "intel-sapphirerapids")
                .set("currentEVCModeKey", host.cluster.evcMode.isEmpty() ? null : host.cluster.evcMode);
    }

    private static Data hardware(Host host) {
        return Data.of("HostHardwareInfo")
                .set(
                        "systemInfo",
                        Data.of("HostSystemInfo")
                                .set("vendor", "Dell Inc.")
                                .set("model", "PowerEdge R760")
                                .set("uuid", uuid(host)))
                .set(
                        "cpuInfo",
                        Data.of("HostCpuInfo")
                                .set("numCpuPackages", PACKAGES)
                                .set("numCpuCores", CORES)
                                .set("numCpuThreads", THREADS)
                                .set("hz", MHZ * 1_000_000L))
                .set("memorySize", MEMORY);
    }

    private static Data config(Host host, Scope scope) {
        return Data.of("HostConfigInfo")
                .set("host", scope.ref(host))
                .set("product", product(host))
                .set("network", network(host, scope))
                .set(
                        "virtualNicManagerInfo",
                        Data.of("HostVirtualNicManagerInfo").set("netConfig", List.of(management(host), noVmotion())));
    }

    private static Data network(Host host, Scope scope) {
        List<Data> portGroups = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (Entity each : networks(scope)) {
            if (each instanceof Network network && network.kind() == Network.Kind.STANDARD) {
                String key = "key-vim.host.PortGroup-" + network.name();
                keys.add(key);
                portGroups.add(Data.of("HostPortGroup")
                        .set("key", key)
                        .set("vswitch", "key-vim.host.VirtualSwitch-vSwitch0")
                        .set("computedPolicy", Data.of("HostNetworkPolicy").set("security", security()))
                        .set(
                                "spec",
                                Data.of("HostPortGroupSpec")
                                        .set("name", network.name())
                                        .set("vlanId", network.vlan().id())
                                        .set("vswitchName", "vSwitch0")
                                        .set(
                                                "policy",
                                                Data.of("HostNetworkPolicy").set("security", security()))));
            }
        }
        return Data.of("HostNetworkInfo")
                .set(
                        "vswitch",
                        List.of(Data.of("HostVirtualSwitch")
                                .set("name", "vSwitch0")
                                .set("key", "key-vim.host.VirtualSwitch-vSwitch0")
                                .set("numPorts", 4352)
                                .set("numPortsAvailable", 4300)
                                .set("mtu", 1500)
                                .set("portgroup", keys)))
                .set("portgroup", portGroups)
                .set("vnic", List.of(vnic(host)));
    }

    private static Data security() {
        return Data.of("HostNetworkSecurityPolicy")
                .set("allowPromiscuous", false)
                .set("macChanges", false)
                .set("forgedTransmits", false);
    }

    private static Data vnic(Host host) {
        return Data.of("HostVirtualNic")
                .set("device", "vmk0")
                .set("key", "key-vim.host.VirtualNic-vmk0")
                .set("portgroup", "Management Network")
                .set(
                        "spec",
                        Data.of("HostVirtualNicSpec")
                                .set(
                                        "ip",
                                        Data.of("HostIpConfig")
                                                .set("dhcp", false)
                                                .set("ipAddress", host.address)
                                                .set("subnetMask", "255.0.0.0"))
                                .set("mac", "78:ac:44:00:00:01")
                                .set("portgroup", "Management Network")
                                .set("mtu", 1500)
                                .set("tsoEnabled", true)
                                .set("netStackInstanceKey", "defaultTcpipStack"));
    }

    private static Data management(Host host) {
        return Data.of("VirtualNicManagerNetConfig")
                .set("nicType", "management")
                .set("multiSelectAllowed", true)
                .set("candidateVnic", List.of(vnic(host).set("key", "management.key-vim.host.VirtualNic-vmk0")))
                .set("selectedVnic", List.of("management.key-vim.host.VirtualNic-vmk0"));
    }

    private static Data noVmotion() {
        return Data.of("VirtualNicManagerNetConfig").set("nicType", "vmotion").set("multiSelectAllowed", true);
    }
}
