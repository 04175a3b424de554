package io.vmferry.simulator.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.simulator.vsphere.wire.MoRef;
import io.vmferry.simulator.vsphere.wire.Node;
import io.vmferry.simulator.vsphere.world.Vm;
import io.vmferry.simulator.vsphere.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VmActionsTest {
    private final World world = new World(1);
    private final Vm web = world.vm("web", vm -> {
        vm.poweredOn = true;
        vm.shutdown = Duration.ofSeconds(40);
        vm.disk(8 << 20);
        vm.nic(world.vmNetwork);
    });
    private final VsphereSimulator simulator = VsphereSimulator.start(world);
    private final RawClient client = RawClient.loggedIn(simulator);
    private final MoRef vm = new MoRef("VirtualMachine", web.id());

    @AfterEach
    void stop() {
        simulator.close();
    }

    private String property(String path) {
        return Objects.requireNonNull(client.properties(vm, path).get(path), path)
                .text();
    }

    private static String fault(Node info) {
        return String.valueOf(RawClient.child(info, "error", "fault").xsiType());
    }

    @Test
    void aGuestShutsDownInItsOwnTime() {
        client.call("ShutdownGuest", vm, "");
        assertThat(property("runtime.powerState")).isEqualTo("poweredOn");
        simulator.clock().advance(Duration.ofSeconds(41));
        assertThat(property("runtime.powerState")).isEqualTo("poweredOff");
        assertThat(client.faultType("ShutdownGuest", vm, "")).isEqualTo("InvalidPowerState");
        assertThat(fault(client.task("PowerOffVM_Task", vm, ""))).isEqualTo("InvalidPowerState");
        client.task("PowerOnVM_Task", vm, "");
        assertThat(web.powerHistory()).containsExactly("shutdownGuest", "off", "powerOn");
    }

    @Test
    void aGuestMayIgnoreIt() {
        synchronized (world) {
            web.spec().shutdown = null;
        }
        client.call("ShutdownGuest", vm, "");
        simulator.clock().advance(Duration.ofHours(1));
        assertThat(RawClient.loggedIn(simulator)
                        .properties(vm, "runtime.powerState")
                        .toString())
                .isNotEmpty();
        assertThat(web.poweredOn()).isTrue();
        RawClient later = RawClient.loggedIn(simulator);
        assertThat(later.task("PowerOffVM_Task", vm, "").text("state")).isEqualTo("success");
    }

    @Test
    void withoutToolsNobodyListens() {
        synchronized (world) {
            web.spec().tools = false;
        }
        assertThat(client.faultType("ShutdownGuest", vm, "")).isEqualTo("ToolsUnavailable");
    }

    @Test
    void aTaskTakesItsTime() {
        synchronized (world) {
            world.taskTime = Duration.ofSeconds(10);
        }
        MoRef task = RawClient.child(client.call("PowerOffVM_Task", vm, ""), "returnval")
                .ref();
        assertThat(Objects.requireNonNull(client.properties(task, "info.state").get("info.state"))
                        .text())
                .isEqualTo("running");
        assertThat(web.poweredOn()).isTrue();
        simulator.clock().advance(Duration.ofSeconds(11));
        assertThat(Objects.requireNonNull(client.properties(task, "info.state").get("info.state"))
                        .text())
                .isEqualTo("success");
        assertThat(web.poweredOn()).isFalse();
    }

    @Test
    void snapshotsComeAndGoWithTheirFiles() {
        MoRef first = snapshot("first");
        MoRef second = snapshot("second <2>");
        assertThat(simulator.snapshots()).isEqualTo(2);
        Node tree = Objects.requireNonNull(client.properties(vm, "snapshot").get("snapshot"));
        assertThat(RawClient.ref(tree, "currentSnapshot")).isEqualTo(second);
        assertThat(RawClient.child(tree, "rootSnapshotList", "childSnapshotList")
                        .text("name"))
                .isEqualTo("second <2>");
        assertThat(backing(vm)).isEqualTo("[datastore1] web/web-000002.vmdk");
        assertThat(backing(second)).isEqualTo("[datastore1] web/web-000001.vmdk");
        assertThat(backing(first)).isEqualTo("[datastore1] web/web.vmdk");

        client.task(
                "RemoveSnapshot_Task", first, "<removeChildren>false</removeChildren><consolidate>true</consolidate>");
        assertThat(backing(second)).isEqualTo("[datastore1] web/web.vmdk");
        assertThat(client.faultType("RemoveSnapshot_Task", first, "<removeChildren>false</removeChildren>"))
                .isEqualTo("ManagedObjectNotFound");
        client.task("RemoveAllSnapshots_Task", vm, "");
        assertThat(simulator.snapshots()).isZero();
        assertThat(backing(vm)).isEqualTo("[datastore1] web/web.vmdk");
    }

    private MoRef snapshot(String name) {
        Node info = client.task(
                "CreateSnapshot_Task",
                vm,
                "<name>" + name.replace("<", "&lt;") + "</name><description>d</description><memory>false</memory>"
                        + "<quiesce>true</quiesce>");
        assertThat(info.text("state")).isEqualTo("success");
        return RawClient.ref(info, "result");
    }

    private String backing(MoRef of) {
        Node devices = Objects.requireNonNull(
                client.properties(of, "config.hardware.device").get("config.hardware.device"));
        return devices.children().stream()
                .filter(device -> "VirtualDisk".equals(device.xsiType()))
                .map(disk -> RawClient.child(disk, "backing", "fileName").text())
                .findFirst()
                .orElse("");
    }

    @Test
    void aFullDatastoreTakesNoSnapshot() {
        synchronized (world) {
            world.snapshotsWithoutSpace = 1;
        }
        Node info =
                client.task("CreateSnapshot_Task", vm, "<name>a</name><memory>false</memory><quiesce>false</quiesce>");
        assertThat(info.text("state")).isEqualTo("error");
        assertThat(fault(info)).isEqualTo("NoDiskSpace");
        assertThat(simulator.snapshots()).isZero();
        snapshot("now there is room");
    }

    @Test
    void aMissingPrivilegeIsNamed() {
        synchronized (world) {
            world.deniedPrivileges.add("VirtualMachine.State.CreateSnapshot");
        }
        Node fault =
                client.fault("CreateSnapshot_Task", vm, "<name>a</name><memory>false</memory><quiesce>false</quiesce>");
        assertThat(fault.xsiType()).isEqualTo("NoPermission");
        assertThat(fault.text("privilegeId")).isEqualTo("VirtualMachine.State.CreateSnapshot");
        Node answer = client.call(
                "HasUserPrivilegeOnEntities",
                new MoRef("AuthorizationManager", "AuthorizationManager"),
                RawClient.xml("entities", vm) + "<userName>" + World.USER + "</userName>"
                        + "<privId>VirtualMachine.State.CreateSnapshot</privId><privId>Datastore.Browse</privId>");
        assertThat(RawClient.child(answer, "returnval").children("privAvailability"))
                .extracting(each -> each.text("isGranted"))
                .containsExactly("false", "true");
    }

    @Test
    void aNetworkCardIsUnpluggedAndPluggedInAgain() {
        reconfigure(
                "<deviceChange><operation>edit</operation><device xsi:type=\"VirtualVmxnet3\"><key>4000</key><connectable>"
                        + "<startConnected>false</startConnected><allowGuestControl>true</allowGuestControl>"
                        + "<connected>false</connected></connectable></device></deviceChange>");
        assertThat(web.spec().nics.get(0).connected).isFalse();
        assertThat(web.spec().nics.get(0).startConnected).isFalse();
        Node info = client.task(
                "ReconfigVM_Task",
                vm,
                "<spec><deviceChange><operation>edit</operation><device xsi:type=\"VirtualVmxnet3\"><key>4009</key></device>"
                        + "</deviceChange></spec>");
        assertThat(fault(info)).isEqualTo("InvalidDeviceSpec");
    }

    private void reconfigure(String spec) {
        assertThat(client.task("ReconfigVM_Task", vm, "<spec>" + spec + "</spec>")
                        .text("state"))
                .isEqualTo("success");
    }

    @Test
    void datastoresAreSearched() {
        MoRef browser = new MoRef("HostDatastoreBrowser", "datastoreBrowser-" + world.datastore.id());
        Node info = client.task(
                "SearchDatastoreSubFolders_Task",
                browser,
                "<datastorePath>[datastore1]</datastorePath><searchSpec><matchPattern>*.vmdk</matchPattern></searchSpec>");
        List<Node> results = RawClient.child(info, "result").children();
        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.text("folderPath")).isEqualTo("[datastore1] web/");
            assertThat(RawClient.child(result, "file").text("path")).isEqualTo("web.vmdk");
        });
        assertThat(client.faultType(
                        "SearchDatastoreSubFolders_Task", browser, "<datastorePath>[other] x</datastorePath>"))
                .isEqualTo("InvalidDatastorePath");
    }
}
