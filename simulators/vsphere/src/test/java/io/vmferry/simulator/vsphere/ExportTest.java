package io.vmferry.simulator.vsphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vmferry.converter.vmdk.VmdkFormat;
import io.vmferry.simulator.vsphere.wire.MoRef;
import io.vmferry.simulator.vsphere.wire.Node;
import io.vmferry.simulator.vsphere.world.Vm;
import io.vmferry.simulator.vsphere.world.VmSnapshot;
import io.vmferry.simulator.vsphere.world.World;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.ByteStream;
import io.vmferry.spi.image.DiskStream;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ExtentKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
    private static final int SIZE = (20 << 20) + 512;

    private final World world = new World(1);
    private final Vm web = world.vm("web", vm -> {
        vm.disk(SIZE).filled(0.4);
        vm.disk(1 << 20).mode("independent_persistent");
    });
    private final VsphereSimulator simulator = VsphereSimulator.start(world);
    private final RawClient client = RawClient.loggedIn(simulator);
    private final RawClient atHost = new RawClient(simulator, simulator.esxi(web.host()));

    @AfterEach
    void stop() {
        simulator.close();
    }

    private static byte[] bytes(ByteSource source) {
        byte[] bytes = new byte[(int) source.size()];
        source.read(0, ByteBuffer.wrap(bytes));
        return bytes;
    }

    private MoRef vm() {
        return new MoRef("VirtualMachine", web.id());
    }

    private MoRef export() {
        return RawClient.child(client.call("ExportVm", vm(), ""), "returnval").ref();
    }

    private String state(MoRef lease) {
        return Objects.requireNonNull(client.properties(lease, "state").get("state"))
                .text();
    }

    private List<Node> urls(MoRef lease) {
        return Objects.requireNonNull(client.properties(lease, "info").get("info"))
                .children("deviceUrl");
    }

    private HttpResponse<byte[]> download(Node url) {
        return atHost.get(URI.create(String.valueOf(url.text("url"))).getPath());
    }

    @Test
    void aMachineThatIsOffIsExportedDiskByDisk() throws DataFormatException {
        MoRef lease = export();
        assertThat(state(lease)).isEqualTo("ready");
        List<Node> urls = urls(lease);
        assertThat(urls)
                .extracting(url -> url.text("targetId"))
                .containsExactly("disk-0.vmdk", "disk-1.vmdk", "disk-2.nvram");
        assertThat(urls.get(0).text("sslThumbprint"))
                .isEqualTo(simulator.esxi(web.host()).sha1());
        assertThat(urls.get(0).text("key")).isEqualTo("/" + web.id() + "/ParaVirtualSCSIController0:0");

        HttpResponse<byte[]> response = download(urls.get(0));
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/x-vnd.vmware-streamVmdk");
        assertThat(response.headers().firstValue("Content-Length")).isEmpty();
        assertThat(Arrays.mismatch(
                        decode(response.body()),
                        bytes(web.disks().get(0).chain().view())))
                .isEqualTo(-1);
        assertThat(simulator.openLeases()).isOne();
        client.call("HttpNfcLeaseComplete", lease, "");
        assertThat(simulator.openLeases()).isZero();
        assertThat(download(urls.get(0)).statusCode()).isEqualTo(404);
    }

    /** The product's own reader of such streams, extent by extent. */
    private static byte[] decode(byte[] vmdk) throws DataFormatException {
        byte[] disk = new byte[SIZE];
        try (DiskStream stream =
                Objects.requireNonNull(new VmdkFormat().openStream(new Bytes(ByteBuffer.wrap(vmdk))))) {
            assertThat(stream.virtualSize()).isEqualTo(SIZE);
            for (Extent extent = stream.next(); extent != null; extent = stream.next()) {
                if (extent.kind() == ExtentKind.ENCODED) {
                    ByteBuffer payload = ByteBuffer.allocate(
                            Objects.requireNonNull(extent.encoded()).size());
                    stream.readPayload(payload);
                    Inflater inflater = new Inflater();
                    inflater.setInput(payload.array());
                    inflater.inflate(
                            disk, (int) extent.start(), (int) Math.min(extent.length(), SIZE - extent.start()));
                    inflater.end();
                } else if (extent.kind() == ExtentKind.DATA) {
                    stream.readPayload(ByteBuffer.wrap(disk, (int) extent.start(), (int) extent.length()));
                }
            }
        }
        return disk;
    }

    private record Bytes(ByteBuffer content) implements ByteStream {
        @Override
        public String name() {
            return "export";
        }

        @Override
        public int read(ByteBuffer target) {
            int n = Math.min(target.remaining(), content.remaining());
            target.put(content.slice(content.position(), n));
            content.position(content.position() + n);
            return n;
        }

        @Override
        public void close() {}
    }

    @Test
    void qemuReadsTheStreamToo(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(runs("qemu-img", "--version"), "qemu-img is missing; install qemu-utils to compare with it");
        Path stream = folder.resolve("disk.vmdk");
        Path raw = folder.resolve("disk.raw");
        Path whole = folder.resolve("whole.raw");
        Files.write(stream, download(urls(export()).get(0)).body());
        Files.write(whole, bytes(web.disks().get(0).chain().view()));
        assertThat(runs("qemu-img", "convert", "-f", "vmdk", "-O", "raw", stream.toString(), raw.toString()))
                .isTrue();
        assertThat(Files.mismatch(raw, whole)).isEqualTo(-1);
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aSnapshotOfARunningMachineShowsThePast() throws DataFormatException {
        byte[] before = bytes(web.disks().get(0).chain().view());
        VmSnapshot snapshot;
        synchronized (world) {
            web.powerOn();
            snapshot = web.snapshot("s", "", false, false);
        }
        web.disks().get(0).chain().writeSeeded(0, 1 << 20, 99);
        assertThat(client.faultType("ExportVm", vm(), "")).isEqualTo("InvalidPowerState");

        MoRef lease = RawClient.child(
                        client.call("ExportSnapshot", new MoRef("VirtualMachineSnapshot", snapshot.id()), ""),
                        "returnval")
                .ref();
        List<Node> urls = urls(lease);
        assertThat(urls).extracting(url -> url.text("targetId")).containsExactly("disk-0.vmdk", "disk-1.nvram");
        assertThat(Arrays.mismatch(decode(download(urls.get(0)).body()), before))
                .isEqualTo(-1);
        client.call("HttpNfcLeaseAbort", lease, "");
        assertThat(state(lease)).isEqualTo("error");
    }

    @Test
    void aLeaseEndsWithoutProgressAndFreesTheMachine() {
        MoRef lease = export();
        assertThat(client.task("PowerOnVM_Task", vm(), "").text("state")).isEqualTo("error");
        simulator.clock().advance(Duration.ofSeconds(299));
        client.call("HttpNfcLeaseProgress", lease, "<percent>0</percent>");
        simulator.clock().advance(Duration.ofSeconds(299));
        assertThat(state(lease)).isEqualTo("ready");
        Node url = urls(lease).get(0);
        simulator.clock().advance(Duration.ofSeconds(2));
        assertThat(state(lease)).isEqualTo("error");
        assertThat(client.faultType("HttpNfcLeaseProgress", lease, "<percent>1</percent>"))
                .isEqualTo("InvalidState");
        assertThat(download(url).statusCode()).isEqualTo(404);
        assertThat(client.task("PowerOnVM_Task", vm(), "").text("state")).isEqualTo("success");
    }

    @Test
    void aStreamBreaksOffWhenItsLeaseEnds() throws InterruptedException {
        String path =
                URI.create(String.valueOf(urls(export()).get(0).text("url"))).getPath();
        // Slow enough that the lease ends before the stream does; then at full speed again.
        simulator.faults().onNfc().slow(Duration.ZERO, 16 << 10);
        CompletableFuture<HttpResponse<byte[]>> stream =
                atHost.http.sendAsync(atHost.request(path).build(), HttpResponse.BodyHandlers.ofByteArray());
        for (int i = 0; i < 10_000 && simulator.served().bytes("[datastore1] web/web.vmdk") == 0; i++) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        simulator.expireLeases();
        simulator.faults().clear();
        assertThatThrownBy(() -> stream.get(2, TimeUnit.MINUTES)).hasCauseInstanceOf(IOException.class);
        assertThat(atHost.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void atAHostTheAddressHasNoHost() {
        RawClient host = RawClient.loggedIn(simulator, simulator.esxi(web.host()));
        MoRef vm = new MoRef("VirtualMachine", web.id().replace("vm-", ""));
        MoRef lease =
                RawClient.child(host.call("ExportVm", vm, ""), "returnval").ref();
        Node info = Objects.requireNonNull(host.properties(lease, "info").get("info"));
        assertThat(info.children("deviceUrl").get(0).text("url")).startsWith("https://*/nfc/");
    }

    @Test
    void whatCannotBeExportedIsRefused() {
        Vm encrypted;
        Vm shared;
        synchronized (world) {
            encrypted = world.vm("encrypted", vm -> {
                vm.encrypted = true;
                vm.disk(SIZE);
            });
            shared = world.vm("shared", vm -> vm.disk(SIZE).multiWriter = true);
        }
        assertThat(client.faultType("ExportVm", new MoRef("VirtualMachine", encrypted.id()), ""))
                .isEqualTo("NotSupported");
        assertThat(client.faultType("ExportVm", new MoRef("VirtualMachine", shared.id()), ""))
                .isEqualTo("NotSupported");
    }

    @Test
    void theManifestCountsWhatWasSent() {
        MoRef lease = export();
        int length = download(urls(lease).get(0)).body().length;
        Node entry = client.call("HttpNfcLeaseGetManifest", lease, "")
                .children("returnval")
                .get(0);
        assertThat(entry.text("size")).isEqualTo(Integer.toString(length));
        assertThat(entry.text("capacity")).isEqualTo(Integer.toString(SIZE));
    }
}
