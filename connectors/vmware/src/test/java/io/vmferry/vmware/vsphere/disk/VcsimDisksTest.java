package io.vmferry.vmware.vsphere.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.ContentDigest;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.source.DiskContent;
import io.vmferry.spi.source.ReadPoint;
import io.vmferry.vmware.vsphere.client.Credentials;
import io.vmferry.vmware.vsphere.client.Moref;
import io.vmferry.vmware.vsphere.client.VimConnection;
import io.vmferry.vmware.vsphere.client.XmlNode;
import io.vmferry.vmware.vsphere.http.HttpClients;
import io.vmferry.vmware.vsphere.http.Trust;
import io.vmferry.vmware.vsphere.inventory.PlaceFilter;
import io.vmferry.vmware.vsphere.inventory.VmKey;
import io.vmferry.vmware.vsphere.inventory.VmReader;
import io.vmferry.vmware.vsphere.peer.Vcsim;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and leases of a vCenter that we did not write ourselves. Its flat files are empty until one is put there. */
class VcsimDisksTest {
    private static final int SIZE = 9 << 20;

    @TempDir
    private Path folder;

    @Test
    void readsADiskThatWasPutOntoADatastore() throws Exception {
        NoiseFile noise = new NoiseFile(SIZE, 5);
        try (Vcsim vcsim = Vcsim.start("-vms", "1", "-folders", "1");
                VimConnection connection = connect(vcsim);
                VsphereDisks disks =
                        new VsphereDisks(connection, vcsim.trust(), Transfer.FOLDER, 4, TransferPermits.UNLIMITED)) {
            Vm vm = first(connection);
            Disk disk = vm.disks().get(0);
            powerOff(connection, VmKey.parse(vm.ref()).orElseThrow().vm());
            DatastorePath descriptor = DatastorePath.parse(disk.key(), "test");
            DatastorePath flat = descriptor.sibling(descriptor.fileName().replace(".vmdk", "-flat.vmdk"));
            put(vcsim, flat, noise.bytes(0, SIZE));
            put(vcsim, descriptor, descriptor(flat.fileName()).getBytes(StandardCharsets.US_ASCII));

            try (DiskContent content = disks.open(vm, disk, ReadPoint.CURRENT)) {
                // Its hosts exist in the inventory only.
                assertThat(content.way()).startsWith("HTTPS ranges through the vCenter, because");
                assertThat(SimulatedDisks.read(content, folder.resolve("scratch")))
                        .isEqualTo(expected(noise));
                String before = content.version();
                put(vcsim, flat, new NoiseFile(SIZE + 512, 6).bytes(0, SIZE + 512));
                try (DiskContent later = disks.open(vm, disk, ReadPoint.CURRENT)) {
                    assertThat(later.version()).isNotEqualTo(before);
                }
                assertThat(catchThrowableOfType(
                                        VmferryException.class,
                                        () -> SimulatedDisks.read(content, folder.resolve("scratch")))
                                .code())
                        .isEqualTo(TransferError.DATASTORE_FILE_CHANGED);
            }
        }
    }

    @Test
    void leasesComeAndGo() {
        try (Vcsim vcsim = Vcsim.start("-vms", "1");
                VimConnection connection = connect(vcsim)) {
            Vm vm = first(connection);
            Moref moref = VmKey.parse(vm.ref()).orElseThrow().vm();
            await(connection, connection.actions().createSnapshot(moref, "test", "", false));
            Moref snapshot = connection
                    .properties()
                    .read(moref, List.of("snapshot.currentSnapshot"))
                    .properties()
                    .ref("snapshot.currentSnapshot");
            assertThat(snapshot).isNotNull();
            DiskPlace place = new DiskPlaces(connection)
                    .of(vm, vm.disks().get(0), new ReadPoint(snapshot == null ? null : snapshot.value()));
            LeaseCalls calls = new VimDiskCalls(connection, vcsim.trust());

            Moref lease = calls.export(place);
            LeaseCalls.State state = calls.state(lease);

            assertThat(state.phase()).isEqualTo("ready");
            assertThat(state.timeout().toSeconds()).isEqualTo(300);
            assertThat(OfferedDisk.find(state.files(), place))
                    .hasValueSatisfying(offer -> assertThat(offer.url()).contains("/nfc/"));
            calls.progress(lease, 10);
            calls.complete(lease);

            Moref other = calls.export(place);
            calls.abort(other);
            assertThat(catchThrowableOfType(VmferryException.class, () -> calls.state(other)))
                    .isNotNull();
        }
    }

    private static VimConnection connect(Vcsim vcsim) {
        URI base = URI.create("https://" + vcsim.sdk().getAuthority());
        return VimConnection.open(
                base, HttpClients.create(vcsim.trust()), new Credentials(Vcsim.USER, () -> Vcsim.PASSWORD));
    }

    private static Vm first(VimConnection connection) {
        VmReader vms = new VmReader(connection, "test", new PlaceFilter(List.of(), List.of()));
        try (Stream<VmRef> all = vms.list()) {
            return vms.describe(all.findFirst().orElseThrow());
        }
    }

    private static void powerOff(VimConnection connection, Moref vm) {
        await(connection, connection.actions().powerOff(vm));
    }

    private static void await(VimConnection connection, Moref task) {
        String state = "";
        while (!Set.of("success", "error").contains(state)) {
            XmlNode read =
                    connection.properties().read(task, List.of("info.state")).properties();
            state = read.text("info.state", "");
            Thread.onSpinWait();
        }
        assertThat(state).isEqualTo("success");
    }

    private static void put(Vcsim vcsim, DatastorePath path, byte[] content) throws IOException, InterruptedException {
        URI server = URI.create("https://" + vcsim.sdk().getAuthority());
        HttpClient client = HttpClients.create(Trust.insecure());
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(path.on(server, "F0/DC0"))
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(content))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    }

    private static String descriptor(String flat) {
        return "# Disk DescriptorFile\nversion=1\nCID=fffffffe\nparentCID=ffffffff\ncreateType=\"vmfs\"\n" + "RW "
                + SIZE / 512 + " VMFS \"" + flat + "\"\n";
    }

    private static ContentDigest expected(NoiseFile noise) {
        return SimulatedDisks.expected(new ByteSource() {
            @Override
            public String name() {
                return "noise";
            }

            @Override
            public long size() {
                return noise.size();
            }

            @Override
            public int read(long offset, ByteBuffer target) {
                int limit = target.limit();
                int n = (int) Math.max(0, Math.min(target.remaining(), noise.size() - offset));
                target.limit(target.position() + n);
                noise.read(offset, target);
                target.limit(limit);
                return n;
            }

            @Override
            public void close() {}
        });
    }
}
