package io.vmferry.simulator.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.simulator.vsphere.http.Endpoint;
import io.vmferry.simulator.vsphere.wire.MoRef;
import io.vmferry.simulator.vsphere.wire.Node;
import io.vmferry.simulator.vsphere.world.Datastore;
import io.vmferry.simulator.vsphere.world.Network;
import io.vmferry.simulator.vsphere.world.World;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Asks for every property of every object, at a vCenter and at a host, in the newest version and an old one. */
class AllPropertiesTest {
    private static final List<String> TYPES = List.of(
            "Folder",
            "Datacenter",
            "ComputeResource",
            "ResourcePool",
            "HostSystem",
            "Datastore",
            "Network",
            "DistributedVirtualSwitch",
            "VirtualMachine");

    private final World world = new World(2);
    private final VsphereSimulator simulator = start();

    private VsphereSimulator start() {
        world.datastore("vsan", Datastore.Kind.VSAN);
        world.datastore("nfs", Datastore.Kind.NFS);
        Network nsx = world.opaqueNetwork("nsx-seg");
        world.portGroup(world.dvs, "trunk", Network.Vlan.trunk(10, 20));
        world.portGroup(world.dvs, "private", new Network.Vlan(300, 300, true));
        world.vm("full", vm -> {
            vm.poweredOn = true;
            vm.firmware = "efi";
            vm.secureBoot = true;
            vm.tpm = true;
            vm.encrypted = true;
            vm.changeTracking = true;
            vm.hostName = "full.sim.test";
            vm.attributes.put("owner", "team a");
            vm.tags.add("tier/gold");
            vm.extraConfig.put("guest.docker", "1");
            vm.devices.addAll(List.of(
                    "VirtualPCIPassthrough",
                    "VirtualUSB",
                    "VirtualUSBXHCIController",
                    "VirtualCdrom",
                    "VirtualHdAudioCard",
                    "VirtualSerialPort",
                    "VirtualPrecisionClock"));
            vm.disk(8 << 20);
            vm.disk(8 << 20).controller("nvme");
            vm.disk(8 << 20).controller("ahci");
            vm.disk(8 << 20).controller("ide");
            vm.disk(8 << 20).mode("independent_persistent");
            vm.disk(8 << 20).rdm = "virtualMode";
            vm.nic(world.dvApp)
                    .address("10.1.0.5/24")
                    .address("2001:db8::5/64")
                    .gateway("10.1.0.1")
                    .dns("10.1.0.53");
            vm.nic(nsx).model("e1000e").dhcp = true;
            vm.nic(world.vmNetwork).model("e1000");
            vm.snapshots.addAll(List.of("before", "after"));
        });
        world.vm("orphan", vm -> vm.connection = "orphaned");
        return VsphereSimulator.start(world);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void everythingCanBeRead() {
        for (Endpoint endpoint :
                List.of(simulator.vcenter(), simulator.esxi(world.hosts().get(0)))) {
            for (String version : List.of("8.0.3.0", "6.0")) {
                RawClient client = RawClient.loggedIn(simulator, endpoint);
                client.version = version;
                for (String type : TYPES) {
                    MoRef view = client.view(type);
                    String spec = RawClient.viewSpec(view, type, "name")
                            .replaceFirst("<pathSet>.*?</pathSet>", "<all>true</all>");
                    Node result = client.call("RetrievePropertiesEx", client.collector(), spec + "<options></options>");
                    boolean none = endpoint != simulator.vcenter() && type.equals("DistributedVirtualSwitch");
                    assertThat(result.children()).as(type).hasSize(none ? 0 : 1);
                }
            }
        }
    }

    @Test
    void anOldClientSeesTheNearestTypeItKnows() {
        RawClient client = RawClient.loggedIn(simulator);
        assertThat(types(client)).contains("VirtualNVMEController", "VirtualTPM");
        client.version = "6.0";
        assertThat(types(client))
                .doesNotContain("VirtualNVMEController", "VirtualTPM")
                .contains("VirtualController");
        assertThat(client.faultType(
                        "RetrievePropertiesEx",
                        client.collector(),
                        RawClient.objectSpec(vm(), "config.keyId") + "<options></options>"))
                .isEqualTo("InvalidProperty");
    }

    @Test
    void aPathThatDoesNotExistFailsTheWholeCall() {
        RawClient client = RawClient.loggedIn(simulator);

        Node fault = client.fault(
                "RetrievePropertiesEx",
                client.collector(),
                RawClient.objectSpec(vm(), "name", "config.nonsense") + "<options></options>");

        assertThat(fault.xsiType()).isEqualTo("InvalidProperty");
        assertThat(fault.text("name")).isEqualTo("config.nonsense");
    }

    private MoRef vm() {
        return new MoRef("VirtualMachine", world.vm("full").id());
    }

    private List<String> types(RawClient client) {
        Node devices = client.properties(vm(), "config.hardware.device").get("config.hardware.device");
        return devices == null
                ? List.of()
                : devices.children().stream()
                        .map(Node::xsiType)
                        .map(String::valueOf)
                        .toList();
    }
}
