package io.vmferry.simulator.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.simulator.vsphere.wire.MoRef;
import io.vmferry.simulator.vsphere.wire.Node;
import io.vmferry.simulator.vsphere.world.Vm;
import io.vmferry.simulator.vsphere.world.VmDisk;
import io.vmferry.simulator.vsphere.world.VmSnapshot;
import io.vmferry.simulator.vsphere.world.World;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangedAreasTest {
    private static final int SIZE = 16 << 20;
    private static final int MIB = 1 << 20;

    private final World world = new World(1);
    private final Vm web = world.vm("web", vm -> {
        vm.changeTracking = true;
        vm.disk(SIZE).filled(0.3);
    });
    private final VmDisk disk = web.disks().get(0);
    private final VsphereSimulator simulator = VsphereSimulator.start(world);
    private final RawClient client = RawClient.loggedIn(simulator);
    private final MoRef vm = new MoRef("VirtualMachine", web.id());

    @AfterEach
    void stop() {
        simulator.close();
    }

    private static String arguments(String snapshot, long start, String changeId) {
        return snapshot + "<deviceKey>2000</deviceKey><startOffset>" + start + "</startOffset><changeId>" + changeId
                + "</changeId>";
    }

    /** Asks until the end of the disk; bits are pieces of 64 KiB. */
    private BitSet areas(String snapshot, String changeId) {
        BitSet found = new BitSet();
        for (long at = 0; at < SIZE; ) {
            Node info = RawClient.child(
                    client.call("QueryChangedDiskAreas", vm, arguments(snapshot, at, changeId)), "returnval");
            for (Node area : info.children("changedArea")) {
                long start = Long.parseLong(String.valueOf(area.text("start")));
                long length = Long.parseLong(String.valueOf(area.text("length")));
                found.set((int) (start >> 16), (int) ((start + length) >> 16));
            }
            long length = Long.parseLong(String.valueOf(info.text("length")));
            assertThat(length).isPositive();
            at += length;
        }
        return found;
    }

    private String changeId(MoRef of) {
        Node devices = Objects.requireNonNull(
                client.properties(of, "config.hardware.device").get("config.hardware.device"));
        return devices.children().stream()
                .filter(device -> "VirtualDisk".equals(device.xsiType()))
                .map(device -> String.valueOf(RawClient.child(device, "backing").text("changeId")))
                .findFirst()
                .orElse("");
    }

    private MoRef snapshot(String name) {
        synchronized (world) {
            VmSnapshot snapshot = web.snapshot(name, "", false, false);
            return new MoRef("VirtualMachineSnapshot", snapshot.id());
        }
    }

    @Test
    void theStarIsWhatIsAllocated() {
        BitSet whole = areas("", "*");
        assertThat(whole).isEqualTo(disk.chain().allocatedBlocks(0));
        assertThat(whole.cardinality()).isBetween(16, 15 * 16);
        synchronized (world) {
            world.changedAreasPerCall = 1;
        }
        assertThat(areas("", "*")).as("in pieces").isEqualTo(whole);
    }

    @Test
    void onlyWhatWasWrittenBetweenTwoSnapshots() {
        MoRef first = snapshot("first");
        disk.chain().writeSeeded(2 * MIB, MIB, 1);
        MoRef second = snapshot("second");
        disk.chain().write(9 * MIB + 5, ByteBuffer.wrap(new byte[] {1}));
        String since = changeId(first);
        assertThat(since).contains("/");

        BitSet between = areas(RawClient.xml("snapshot", second), since);
        assertThat(between.stream())
                .containsExactlyElementsOf(
                        java.util.stream.IntStream.range(32, 48).boxed().toList());
        BitSet until = areas("", since);
        between.set(9 * 16);
        assertThat(until).isEqualTo(between);

        synchronized (world) {
            web.remove(web.snapshots().get(0));
        }
        assertThat(areas("", since)).as("an id outlives its snapshot").isEqualTo(between);
    }

    @Test
    void afterAResetOldIdsAreWorthNothing() {
        String since = changeId(snapshot("s"));
        disk.chain().resetChangeTracking(new UUID(1, 2));
        assertThat(client.faultType("QueryChangedDiskAreas", vm, arguments("", 0, since)))
                .isEqualTo("FileFault");
    }

    @Test
    void theEndOfTheDiskIsNoStart() {
        assertThat(client.faultType("QueryChangedDiskAreas", vm, arguments("", SIZE, "*")))
                .isEqualTo("InvalidArgument");
        assertThat(client.faultType(
                        "QueryChangedDiskAreas", vm, arguments("", 0, "*").replace("2000", "2009")))
                .isEqualTo("InvalidArgument");
        synchronized (world) {
            web.powerOn();
        }
        assertThat(client.faultType("QueryChangedDiskAreas", vm, arguments("", 0, "*")))
                .isEqualTo("InvalidPowerState");
    }

    @Test
    void trackingBeginsWithTheSnapshotAfterItWasAskedFor() {
        synchronized (world) {
            web.changeTracking(false);
            web.powerOn();
        }
        client.task("ReconfigVM_Task", vm, "<spec><changeTrackingEnabled>true</changeTrackingEnabled></spec>");
        assertThat(changeId(vm)).isEqualTo("null");
        MoRef first = snapshot("first");
        assertThat(changeId(first)).isEqualTo("null");
        assertThat(client.faultType("QueryChangedDiskAreas", vm, arguments(RawClient.xml("snapshot", first), 0, "*")))
                .isEqualTo("FileFault");
        MoRef second = snapshot("second");
        assertThat(changeId(second)).contains("/");
        assertThat(areas(RawClient.xml("snapshot", second), "*"))
                .isEqualTo(disk.chain().allocatedBlocks(1));
    }

    @Test
    void aPowerCycleBeginsTrackingToo() {
        synchronized (world) {
            web.changeTracking(false);
            web.powerOn();
        }
        client.task("ReconfigVM_Task", vm, "<spec><changeTrackingEnabled>true</changeTrackingEnabled></spec>");
        assertThat(changeId(vm)).isEqualTo("null");
        client.task("PowerOffVM_Task", vm, "");
        client.task("PowerOnVM_Task", vm, "");
        assertThat(changeId(vm)).contains("/");
    }

    @Test
    void itCannotBeEnabledOverSnapshots() {
        synchronized (world) {
            web.changeTracking(false);
        }
        snapshot("s");
        Node info =
                client.task("ReconfigVM_Task", vm, "<spec><changeTrackingEnabled>true</changeTrackingEnabled></spec>");
        assertThat(info.text("state")).isEqualTo("error");
    }
}
