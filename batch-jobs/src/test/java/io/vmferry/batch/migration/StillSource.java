package io.vmferry.batch.migration;

import io.vmferry.batch.BatchError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.Siblings;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Nic;
import io.vmferry.spi.model.PowerState;
import io.vmferry.spi.model.Snapshot;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.source.DiskContent;
import io.vmferry.spi.source.NicControl;
import io.vmferry.spi.source.PowerControl;
import io.vmferry.spi.source.ReadPoint;
import io.vmferry.spi.source.Snapshots;
import io.vmferry.spi.source.SourceInfo;
import io.vmferry.spi.source.SourceSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A source with one VM whose power, cards and snapshots can be switched; what was done is in {@link #deeds}. */
final class StillSource implements SourceSession, PowerControl, Snapshots, NicControl {
    final List<String> deeds = new ArrayList<>();
    final List<Snapshot> snapshots = new ArrayList<>();
    private final Vm vm;
    PowerState power = PowerState.ON;
    boolean tools = true;
    /** How often {@link #state} still says ON after a shutdown was asked for; negative: for ever. */
    int slow = 1;

    boolean failOn;

    String version = "v1";
    private int asked = -1;

    StillSource(Vm vm) {
        this.vm = vm;
    }

    @Override
    public PowerState state(VmRef ref) {
        if (asked >= 0 && slow >= 0 && asked++ >= slow) {
            power = PowerState.OFF;
            asked = -1;
        }
        return power;
    }

    @Override
    public boolean shutdownGuest(VmRef ref) {
        deeds.add("shutdown");
        asked = tools ? 0 : -1;
        return tools;
    }

    @Override
    public void off(VmRef ref) {
        deeds.add("off");
        power = PowerState.OFF;
    }

    @Override
    public void on(VmRef ref) {
        if (failOn) {
            throw new VmferryException(BatchError.SOURCE_RUNNING, "web01", "no host has room for it", "Make room.");
        }
        deeds.add("on");
        power = PowerState.ON;
    }

    @Override
    public Snapshot create(VmRef ref, String mark) {
        deeds.add("snapshot " + mark);
        Snapshot taken = new Snapshot("snapshot-7", mark, null, true);
        snapshots.add(taken);
        return taken;
    }

    @Override
    public List<Snapshot> ours(VmRef ref) {
        return List.copyOf(snapshots);
    }

    @Override
    public void remove(VmRef ref, Snapshot snapshot) {
        deeds.add("remove " + snapshot.key());
        snapshots.remove(snapshot);
    }

    @Override
    public void disconnect(VmRef ref, Nic nic) {
        deeds.add("unplug " + nic.key());
    }

    @Override
    public void reconnect(VmRef ref, Nic nic) {
        deeds.add("plug " + nic.key());
    }

    @Override
    public SourceInfo info() {
        return new SourceInfo("still", "", "", "none needed");
    }

    @Override
    public Stream<VmRef> list() {
        return Stream.of(vm.ref());
    }

    @Override
    public Vm describe(VmRef ref) {
        return vm;
    }

    @Override
    public DiskContent openDisk(Vm of, Disk disk, ReadPoint point) {
        return new Versioned(point.snapshot() == null ? version : point.snapshot());
    }

    @Override
    public Optional<PowerControl> power() {
        return Optional.of(this);
    }

    @Override
    public Optional<Snapshots> snapshots() {
        return Optional.of(this);
    }

    @Override
    public Optional<NicControl> nics() {
        return Optional.of(this);
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    /** Only its version is ever asked for. */
    private record Versioned(String version) implements DiskContent.Container {
        @Override
        public ByteSource bytes() {
            throw new IllegalStateException("nobody reads here");
        }

        @Override
        public Siblings siblings() {
            throw new IllegalStateException("nobody reads here");
        }

        @Override
        public void verify() {
            // Nothing was promised.
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    @Nullable
    String lastDeed() {
        return deeds.isEmpty() ? null : deeds.get(deeds.size() - 1);
    }
}
