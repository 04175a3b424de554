package io.vmferry.demo;

import io.vmferry.simulator.vsphere.VsphereSimulator;
import io.vmferry.simulator.vsphere.world.Datastore;
import io.vmferry.simulator.vsphere.world.Vm;
import io.vmferry.simulator.vsphere.world.World;
import io.vmferry.spi.error.IoFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A simulated vCenter for the demo, on this machine's loopback. It has three VMs, each with its own way out: {@code web01} runs and
 * has to be shut down, {@code db01} is off and has a snapshot, {@code win01} lies on vSAN, where disks are no files.
 *
 * <p>The folder holds what a user of the real thing would have, the CA's certificate and a file with the password, and which VMs
 * the last demo left switched off.
 */
public final class SampleVcenter implements AutoCloseable {
    private static final long GIB = 1L << 30;

    private final Path folder;
    private final VsphereSimulator simulator;

    private SampleVcenter(Path folder, VsphereSimulator simulator) {
        this.folder = folder;
        this.simulator = simulator;
    }

    /** @param folder for certificate, password and the memory of what is off */
    public static SampleVcenter start(Path folder) {
        try {
            Files.createDirectories(folder);
            Path off = folder.resolve("switched-off.txt");
            Set<String> switchedOff =
                    Files.exists(off) ? new HashSet<>(Files.readAllLines(off, StandardCharsets.UTF_8)) : Set.of();
            VsphereSimulator simulator = VsphereSimulator.start(world(switchedOff));
            SampleVcenter started = new SampleVcenter(folder, simulator);
            try {
                Files.writeString(folder.resolve("ca.pem"), simulator.caPem());
                started.writePassword();
            } catch (IOException | RuntimeException e) {
                simulator.close();
                throw e;
            }
            return started;
        } catch (IOException e) {
            throw IoFailure.writing(folder.toString(), e);
        }
    }

    /** {@code 127.0.0.1:port}, for the migration file. */
    public String server() {
        return simulator.sdk().getAuthority();
    }

    private void writePassword() throws IOException {
        Path password = folder.resolve("password");
        if (Files.notExists(password)) {
            if (password.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(password, World.PASSWORD + "\n");
        }
    }

    private static World world(Set<String> switchedOff) throws IOException {
        World world = new World(20261124);
        world.taskTime = Duration.ofMillis(200);
        SparseDiskSource system = new SparseDiskSource("system", SampleAppliance.systemDisk());
        SparseDiskSource data = new SparseDiskSource("data", SampleAppliance.dataDisk());
        world.vm("web01", vm -> {
            vm.poweredOn = !switchedOff.contains("web01");
            vm.changeTracking = true;
            vm.hostName = "web01.example.org";
            vm.shutdown = Duration.ofSeconds(2);
            vm.tags.add("environment/production");
            vm.disk(system.size()).content(system);
            vm.disk(data.size()).content(data);
            vm.nic(world.vmNetwork)
                    .address("192.168.56.21/24")
                    .gateway("192.168.56.1")
                    .dns("192.168.56.1");
        });
        world.vm("db01", vm -> {
            vm.firmware = "efi";
            vm.changeTracking = true;
            vm.guestId = "ubuntu64Guest";
            vm.guestFullName = "Ubuntu Linux (64-bit)";
            vm.snapshots.add("before the upgrade");
            vm.disk(2 * GIB).filled(0.04);
            vm.nic(world.dvApp);
        });
        Datastore vsan = world.datastore("vsanDatastore", Datastore.Kind.VSAN);
        world.vm("win01", vm -> {
            vm.firmware = "efi";
            vm.guestId = "windows2019srv_64Guest";
            vm.guestFullName = "Microsoft Windows Server 2019 (64-bit)";
            vm.disk(3 * GIB).filled(0.03).on(vsan);
            vm.nic(world.vmNetwork).model("e1000e");
        });
        return world;
    }

    /** Remembers who is off, so that a next demo finds the vCenter as this one leaves it. */
    @Override
    public void close() {
        List<String> off;
        World world = simulator.world();
        synchronized (world) {
            off = world.vms().stream()
                    .filter(vm -> !vm.poweredOn())
                    .map(Vm::name)
                    .toList();
        }
        simulator.close();
        try {
            Files.write(folder.resolve("switched-off.txt"), off, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw IoFailure.writing(folder.toString(), e);
        }
    }
}
