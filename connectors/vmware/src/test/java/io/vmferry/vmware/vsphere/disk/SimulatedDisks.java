package io.vmferry.vmware.vsphere.disk;

import io.vmferry.converter.ImageDigest;
import io.vmferry.converter.ImageFormats;
import io.vmferry.converter.copy.CopyOptions;
import io.vmferry.converter.copy.DiskCopy;
import io.vmferry.converter.raw.RawFormat;
import io.vmferry.simulator.vsphere.VsphereSimulator;
import io.vmferry.simulator.vsphere.http.Endpoint;
import io.vmferry.simulator.vsphere.world.VmDisk;
import io.vmferry.simulator.vsphere.world.World;
import io.vmferry.spi.file.FileStore;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.ContentDigest;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.DiskStream;
import io.vmferry.spi.image.ImageWriter;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.source.DiskContent;
import io.vmferry.spi.source.ReadPoint;
import io.vmferry.vmware.vsphere.client.Credentials;
import io.vmferry.vmware.vsphere.client.VimConnection;
import io.vmferry.vmware.vsphere.http.Fingerprint;
import io.vmferry.vmware.vsphere.http.HttpClients;
import io.vmferry.vmware.vsphere.http.Trust;
import io.vmferry.vmware.vsphere.inventory.PlaceFilter;
import io.vmferry.vmware.vsphere.inventory.VmReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A simulated vCenter, logged in to, with what tests of its disks need. */
final class SimulatedDisks implements AutoCloseable {
    /** Gives up fast enough for a test, and never because the machine is slow. */
    static final Patience PATIENCE = new Patience(
            Duration.ofSeconds(3),
            Duration.ofSeconds(30),
            Duration.ofSeconds(90),
            Duration.ofMillis(5),
            Duration.ofMillis(50));

    final VsphereSimulator simulator;
    final VimConnection connection;
    private final Trust trust;
    private final VmReader vms;

    SimulatedDisks(World world) {
        this(VsphereSimulator.start(world), null);
    }

    /** @param at a server of the simulator; null its vCenter */
    SimulatedDisks(
            VsphereSimulator simulator,
            io.vmferry.simulator.vsphere.http.@org.jspecify.annotations.Nullable Endpoint at) {
        this.simulator = simulator;
        Endpoint server = at == null ? simulator.vcenter() : at;
        URI base = server.uri();
        trust = Trust.pinned(Fingerprint.parse(server.sha256()));
        connection =
                VimConnection.open(base, HttpClients.create(trust), new Credentials(World.USER, () -> World.PASSWORD));
        vms = new VmReader(connection, "test", new PlaceFilter(List.of(), List.of()));
    }

    VsphereDisks disks(Transfer transfer) {
        return disks(transfer, PATIENCE);
    }

    VsphereDisks disks(Transfer transfer, Patience patience) {
        return new VsphereDisks(connection, trust, transfer, 4, TransferPermits.UNLIMITED, patience);
    }

    Vm describe(String name) {
        try (Stream<VmRef> all = vms.list()) {
            return vms.describe(
                    all.filter(vm -> vm.name().equals(name)).findFirst().orElseThrow());
        }
    }

    /** Opens the VM's disk in its current state. */
    static DiskContent open(VsphereDisks disks, Vm vm, int disk) {
        return open(disks, vm, disk, ReadPoint.CURRENT);
    }

    static DiskContent open(VsphereDisks disks, Vm vm, int disk, ReadPoint point) {
        return disks.open(vm, vm.disks().get(disk), point);
    }

    /** Digest of what the simulated guest sees. */
    static ContentDigest expected(VmDisk disk) {
        return expected(disk.chain().view());
    }

    static ContentDigest expected(ByteSource view) {
        try (DiskImage image = new RawFormat().open(view, name -> {
            throw new IllegalStateException(name);
        })) {
            return ImageDigest.of(image, 2);
        }
    }

    /** Digest of all that comes out. */
    static ContentDigest read(DiskContent content, Path scratch) {
        ContentDigest digest;
        if (content instanceof DiskContent.Stream stream) {
            try (DiskStream disk = ImageFormats.openStream(stream.bytes());
                    FileStore store = FileStore.open(scratch);
                    ImageWriter writer = ImageFormats.writable("raw").create(store, disk.virtualSize(), null, null);
                    DiskCopy copy =
                            DiskCopy.start(disk, writer, CopyOptions.of("test").withThreads(2))) {
                copy.run();
                digest = java.util.Objects.requireNonNull(copy.finish().digest());
                content.verify();
            }
        } else {
            DiskContent.Container container = (DiskContent.Container) content;
            try (DiskImage image = ImageFormats.open(container.bytes(), container.siblings())) {
                digest = ImageDigest.of(image, 3);
                content.verify();
            }
        }
        return digest;
    }

    @Override
    public void close() {
        connection.close();
        simulator.close();
    }
}
