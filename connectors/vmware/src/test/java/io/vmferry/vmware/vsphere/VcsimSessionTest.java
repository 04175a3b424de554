package io.vmferry.vmware.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.spi.config.Settings;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.source.SourceConfig;
import io.vmferry.spi.source.SourceConnector;
import io.vmferry.spi.source.SourceSession;
import io.vmferry.spi.testing.SourceSessionContract;
import io.vmferry.vmware.vsphere.http.HttpClients;
import io.vmferry.vmware.vsphere.peer.Vcsim;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The contract of sources, over a vCenter that we did not write ourselves. */
@Timeout(300)
class VcsimSessionTest extends SourceSessionContract {
    private static final int SIZE = 1 << 20;

    @TempDir
    static Path folder;

    private static Vcsim vcsim;
    private static List<String> names;

    @BeforeAll
    static void start() throws Exception {
        vcsim = Vcsim.start("-vms", "2");
        Files.writeString(folder.resolve("password"), Vcsim.PASSWORD);
        try (SourceSession session = new VsphereConnector().open(source())) {
            List<VmRef> refs = SimulatedSource.refs(session);
            names = refs.stream().map(VmRef::name).toList();
            for (VmRef ref : refs) {
                session.power().orElseThrow().off(ref);
                Vm vm = session.describe(ref);
                for (Disk disk : vm.disks()) {
                    fill(disk);
                }
            }
        }
    }

    @AfterAll
    static void stop() {
        if (vcsim != null) {
            vcsim.close();
        }
    }

    /** Its disks are empty files; a descriptor and an extent of zeros make them disks. */
    private static void fill(Disk disk) throws IOException, InterruptedException {
        String descriptor = disk.key().substring(disk.key().indexOf(']') + 2);
        String flat = descriptor.replace(".vmdk", "-flat.vmdk");
        put(disk.storage(), flat, new byte[SIZE]);
        String text = "# Disk DescriptorFile\nversion=1\nCID=fffffffe\nparentCID=ffffffff\ncreateType=\"vmfs\"\nRW "
                + SIZE / 512 + " VMFS \"" + flat.substring(flat.lastIndexOf('/') + 1) + "\"\n";
        put(disk.storage(), descriptor, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void put(String datastore, String path, byte[] bytes) throws IOException, InterruptedException {
        HttpClient client = HttpClients.create(vcsim.trust());
        URI file = vcsim.sdk()
                .resolve("/folder/" + path + "?dcPath=DC0&dsName="
                        + URLEncoder.encode(datastore, StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(file)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    }

    private static SourceConfig source() {
        return new SourceConfig(
                "vcsim",
                "vsphere",
                new Settings(
                        Map.of(
                                "server", List.of(vcsim.sdk().getAuthority()),
                                "user", List.of(Vcsim.USER),
                                "passwordFile", List.of("password"),
                                "trust.sha256", List.of(vcsim.trust().words().replaceFirst(".*SHA-256 ", ""))),
                        folder));
    }

    @Override
    protected SourceConnector connector() {
        return new VsphereConnector();
    }

    @Override
    protected SourceConfig config() {
        return source();
    }

    @Override
    protected List<String> vmNames() {
        return names;
    }

    @Override
    protected Object traceOfWrites() {
        try (SourceSession session = connector().open(config())) {
            return SimulatedSource.refs(session).stream()
                    .map(session::describe)
                    .map(vm -> List.of(vm.power(), vm.snapshots(), vm.features()))
                    .toList();
        }
    }
}
