import io.vmferry.converter.ImageFormats;
import io.vmferry.simulator.vsphere.VsphereSimulator;
import io.vmferry.simulator.vsphere.http.Endpoint;
import io.vmferry.simulator.vsphere.world.World;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.source.DiskContent;
import io.vmferry.spi.source.ReadPoint;
import io.vmferry.vmware.vsphere.client.Credentials;
import io.vmferry.vmware.vsphere.client.VimConnection;
import io.vmferry.vmware.vsphere.disk.Transfer;
import io.vmferry.vmware.vsphere.disk.TransferPermits;
import io.vmferry.vmware.vsphere.disk.VsphereDisks;
import io.vmferry.vmware.vsphere.http.Fingerprint;
import io.vmferry.vmware.vsphere.http.HttpClients;
import io.vmferry.vmware.vsphere.http.Trust;
import io.vmferry.vmware.vsphere.inventory.PlaceFilter;
import io.vmferry.vmware.vsphere.inventory.VmReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * How fast a disk comes out of a simulated ESXi host, without anything done to its bytes.
 *
 * <pre>
 * serve MIB      a host with the VM "full" of one disk without holes, "thin" with a tenth of it, "eight" with eight disks;
 *                prints address and fingerprint, ends with its standard input
 * cookie ADDRESS FINGERPRINT            prints a session's cookie, for curl; keeps the session until its input ends
 * read ADDRESS FINGERPRINT VM DISKS CONNECTIONS   prints bytes of disk, seconds, heap and
 *                buffers at their most, and CPU seconds
 * </pre>
 */
final class TransferMain {
    private static final int STEP = 1 << 20;

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "serve" -> serve(Long.parseLong(args[1]) << 20);
            case "cookie" -> cookie(args);
            default -> read(args);
        }
    }

    private static void serve(long size) throws Exception {
        World world = new World(1);
        byte[] noise = new byte[8 << 20];
        new Random(1).nextBytes(noise);
        world.vm("full", vm -> vm.disk(0).content(new Noise(noise, size)));
        world.vm("thin", vm -> {
            vm.changeTracking = true;
            vm.disk(size).filled(0.1);
        });
        world.vm("eight", vm -> {
            for (int i = 0; i < 8; i++) {
                vm.disk(0).content(new Noise(noise, size / 8));
            }
        });
        try (VsphereSimulator simulator = VsphereSimulator.start(world)) {
            Endpoint host = simulator.esxi(world.hosts().get(0));
            System.out.println(host.uri() + " " + host.sha256());
            while (System.in.read() >= 0) {
                // Lines ask for what was served of the thin disk.
                System.out.println(simulator.served().bytes("[datastore1] thin/thin-flat.vmdk") + " "
                        + world.vm("thin").disks().get(0).chain().allocatedBlocks(0).cardinality() * 65536L);
            }
        }
    }

    private static VimConnection connect(String[] args) {
        return VimConnection.open(
                URI.create(args[1]),
                HttpClients.create(trust(args)),
                new Credentials(World.USER, () -> World.PASSWORD));
    }

    private static Trust trust(String[] args) {
        return Trust.pinned(Fingerprint.parse(args[2]));
    }

    private static void cookie(String[] args) throws Exception {
        try (VimConnection connection = connect(args)) {
            System.out.println(connection.cookie());
            System.in.read();
        }
    }

    private static void read(String[] args) throws Exception {
        int disks = Integer.parseInt(args[4]);
        ExecutorService threads = Executors.newFixedThreadPool(disks);
        Peak peak = new Peak();
        try (VimConnection connection = connect(args);
                VsphereDisks opener = new VsphereDisks(
                        connection,
                        trust(args),
                        Transfer.FOLDER,
                        Integer.parseInt(args[5]),
                        TransferPermits.UNLIMITED)) {
            VmReader vms = new VmReader(connection, "benchmark", new PlaceFilter(List.of(), List.of()));
            Vm vm;
            try (Stream<VmRef> all = vms.list()) {
                vm = vms.describe(
                        all.filter(each -> each.name().equals(args[3])).findFirst().orElseThrow());
            }
            peak.start();
            long start = System.nanoTime();
            List<Callable<Long>> readers = new ArrayList<>();
            for (int i = 0; i < disks; i++) {
                int disk = i;
                readers.add(() -> {
                    try (DiskContent content = opener.open(vm, vm.disks().get(disk), ReadPoint.CURRENT)) {
                        DiskContent.Container container = (DiskContent.Container) content;
                        try (DiskImage image = ImageFormats.open(container.bytes(), container.siblings())) {
                            return copy(image);
                        }
                    }
                });
            }
            long bytes = 0;
            for (Future<Long> reader : threads.invokeAll(readers)) {
                bytes += reader.get();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            double cpu = ProcessHandle.current()
                            .info()
                            .totalCpuDuration()
                            .orElse(Duration.ZERO)
                            .toMillis()
                    / 1e3;
            System.out.printf("%d %.3f %d %d %.2f%n", bytes, seconds, peak.heap(), peak.direct(), cpu);
        } finally {
            threads.shutdownNow();
        }
        System.exit(0);
    }

    private static long copy(DiskImage image) {
        ByteBuffer step = ByteBuffer.allocateDirect(STEP);
        long read = 0;
        for (long at = 0; at < image.virtualSize(); ) {
            Extent extent = image.extentAt(at);
            if (extent.kind().readsAsZero()) {
                at = extent.end();
                continue;
            }
            int length = (int) Math.min(extent.end() - at, STEP - at % STEP);
            image.read(at, step.clear().limit(length));
            read += length;
            at += length;
        }
        return read;
    }

    /** Noise over and over: the server must not be what is measured. */
    private record Noise(byte[] noise, long size) implements ByteSource {
        @Override
        public String name() {
            return "noise";
        }

        @Override
        public int read(long offset, ByteBuffer target) {
            int from = (int) (offset % noise.length);
            int n = (int) Math.min(Math.min(target.remaining(), noise.length - from), size - offset);
            target.put(noise, from, Math.max(0, n));
            return Math.max(0, n);
        }

        @Override
        public void close() {}
    }

    /** The most memory that was in use at a look, ten times a second. */
    private static final class Peak extends Thread {
        private final AtomicLong heap = new AtomicLong();
        private final AtomicLong direct = new AtomicLong();

        Peak() {
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                while (true) {
                    Runtime runtime = Runtime.getRuntime();
                    heap.accumulateAndGet(runtime.totalMemory() - runtime.freeMemory(), Math::max);
                    ManagementFactory.getPlatformMXBeans(
                                    BufferPoolMXBean.class)
                            .stream()
                            .filter(pool -> pool.getName().equals("direct"))
                            .forEach(pool -> direct.accumulateAndGet(pool.getMemoryUsed(), Math::max));
                    Thread.sleep(100);
                }
            } catch (InterruptedException e) {
                // The end.
            }
        }

        long heap() {
            return heap.get();
        }

        long direct() {
            return direct.get();
        }
    }
}
