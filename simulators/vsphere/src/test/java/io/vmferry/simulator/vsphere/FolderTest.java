package io.vmferry.simulator.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.simulator.vsphere.http.Served.Range;
import io.vmferry.simulator.vsphere.world.Datacenter;
import io.vmferry.simulator.vsphere.world.Datastore;
import io.vmferry.simulator.vsphere.world.Host;
import io.vmferry.simulator.vsphere.world.Vm;
import io.vmferry.simulator.vsphere.world.World;
import io.vmferry.spi.image.ByteSource;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FolderTest {
    private static final int SIZE = 3 << 20;
    private static final String QUERY = "?dcPath=DC0&dsName=datastore1";
    private static final String FLAT = "/folder/web/web-flat.vmdk";
    private static final String NAME = "[datastore1] web/web-flat.vmdk";

    private final World world = new World(1);
    private final Vm web = world.vm("web", vm -> vm.disk(SIZE));
    private final Host owner = web.host();
    private final Host other = world.hosts().get(1);
    private final VsphereSimulator simulator = VsphereSimulator.start(world);
    private final RawClient client = RawClient.loggedIn(simulator);
    private final byte[] content = bytes(web.disks().get(0).chain().view());

    @AfterEach
    void stop() {
        simulator.close();
    }

    private static byte[] bytes(ByteSource source) {
        byte[] bytes = new byte[(int) source.size()];
        source.read(0, ByteBuffer.wrap(bytes));
        return bytes;
    }

    @Test
    void aWholeFileAndItsHead() {
        HttpResponse<byte[]> whole = client.get(FLAT + QUERY);
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(content);

        HttpResponse<byte[]> head =
                client.send(client.request(FLAT + QUERY).method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(SIZE);
        assertThat(head.headers().firstValue("Accept-Ranges")).hasValue("bytes");
        assertThat(simulator.served().bytes(NAME)).isEqualTo(SIZE);
        assertThat(simulator.served().ranges(NAME)).containsExactly(new Range(0, SIZE - 1));
    }

    @Test
    void rangesAsTheRfcHasThem() {
        HttpResponse<byte[]> part = client.get(FLAT + QUERY, "Range", "bytes=1000-70000");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 1000-70000/" + SIZE);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(content, 1000, 70001));
        assertThat(client.get(FLAT + QUERY, "Range", "bytes=-100").body())
                .isEqualTo(Arrays.copyOfRange(content, SIZE - 100, SIZE));
        assertThat(client.get(FLAT + QUERY, "Range", "bytes=" + (SIZE - 5) + "-")
                        .body())
                .hasSize(5);
        assertThat(client.get(FLAT + QUERY, "Range", "bytes=" + (SIZE - 5) + "-99999999999")
                        .body())
                .hasSize(5);
        HttpResponse<byte[]> beyond = client.get(FLAT + QUERY, "Range", "bytes=" + SIZE + "-");
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(beyond.headers().firstValue("Content-Range")).hasValue("bytes */" + SIZE);
        for (String ignored : new String[] {"bytes=0-1,5-6", "lines=1-2", "bytes=9-3", "bytes=-"}) {
            assertThat(client.get(FLAT + QUERY, "Range", ignored).statusCode())
                    .as(ignored)
                    .isEqualTo(200);
        }
        assertThat(simulator.served().ranges(NAME)).contains(new Range(1000, 70000));
    }

    @Test
    void theDescriptorIsAText() {
        String text = new String(client.get("/folder/web/web.vmdk" + QUERY).body(), StandardCharsets.UTF_8);
        assertThat(text).startsWith("# Disk DescriptorFile\n").contains("RW " + SIZE / 512 + " VMFS \"web-flat.vmdk\"");
    }

    @Test
    void nobodyReadsWithoutASession() {
        RawClient stranger = new RawClient(simulator, simulator.vcenter());
        HttpResponse<byte[]> refused = stranger.get(FLAT + QUERY);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).isPresent();
        String basic = Base64.getEncoder()
                .encodeToString((World.USER + ":" + World.PASSWORD).getBytes(StandardCharsets.UTF_8));
        assertThat(stranger.get(FLAT + QUERY, "Authorization", "Basic " + basic).statusCode())
                .isEqualTo(200);

        simulator.clock().advance(Duration.ofMinutes(31));
        assertThat(client.get(FLAT + QUERY).statusCode()).isEqualTo(401);
    }

    @Test
    void aTicketIsForOneRequestAtAHost() {
        RawClient atHost = new RawClient(simulator, simulator.esxi(owner));
        String target = FLAT + "?dsName=datastore1";
        String ticket = ticket(simulator.esxi(owner).uri() + target);
        assertThat(atHost.get(FLAT + "?dsName=other", "Cookie", "vmware_cgi_ticket=" + ticket)
                        .statusCode())
                .isEqualTo(401);
        String second = ticket(simulator.esxi(owner).uri() + target);
        assertThat(atHost.get(target, "Cookie", "vmware_cgi_ticket=" + second).body())
                .isEqualTo(content);
        assertThat(atHost.get(target, "Cookie", "vmware_cgi_ticket=" + second).statusCode())
                .isEqualTo(401);
        String late = ticket(simulator.esxi(owner).uri() + target);
        simulator.clock().advance(world.ticketLifetime.plusSeconds(1));
        assertThat(atHost.get(target, "Cookie", "vmware_cgi_ticket=" + late).statusCode())
                .isEqualTo(401);
    }

    private String ticket(String url) {
        var node = client.call(
                "AcquireGenericServiceTicket",
                client.sessionManager(),
                "<spec xsi:type=\"SessionManagerHttpServiceRequestSpec\"><method>httpGet</method><url>"
                        + url.replace("&", "&amp;") + "</url></spec>");
        assertThat(RawClient.child(node, "returnval", "sslThumbprint").text())
                .isEqualTo(simulator.esxi(owner).sha1());
        return RawClient.child(node, "returnval", "id").text();
    }

    @Test
    void aRunningMachinesFileComesFromItsHostOnly() {
        synchronized (world) {
            web.powerOn();
        }
        assertThat(client.get(FLAT + QUERY).statusCode()).isEqualTo(500);
        assertThat(RawClient.loggedIn(simulator, simulator.esxi(other))
                        .get(FLAT + "?dsName=datastore1")
                        .statusCode())
                .isEqualTo(500);
        RawClient atOwner = RawClient.loggedIn(simulator, simulator.esxi(owner));
        assertThat(atOwner.get(FLAT + "?dsName=datastore1").body()).isEqualTo(content);

        synchronized (world) {
            web.snapshot("s", "", false, false);
        }
        assertThat(client.get(FLAT + QUERY).body()).isEqualTo(content);
        assertThat(client.get("/folder/web/web-000001-sesparse.vmdk" + QUERY).statusCode())
                .isEqualTo(500);
        assertThat(client.get("/folder/web/web-000001.vmdk" + QUERY).statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        assertThat(client.get("/folder/web/none-flat.vmdk" + QUERY).statusCode())
                .isEqualTo(404);
        assertThat(client.get("/folder/none/web-flat.vmdk" + QUERY).statusCode())
                .isEqualTo(404);
        assertThat(client.get(FLAT + "?dcPath=DC1&dsName=datastore1").statusCode())
                .isEqualTo(404);
        assertThat(client.get(FLAT + "?dsName=datastore1").statusCode()).isEqualTo(404);
        assertThat(client.get(FLAT + "?dcPath=DC0&dsName=nothing").statusCode()).isEqualTo(404);
        assertThat(client.send(client.request(FLAT + QUERY).DELETE()).statusCode())
                .isEqualTo(405);
    }

    @Test
    void vsanKeepsNoFilesOfData() {
        synchronized (world) {
            Datastore vsan = world.datastore("vsan", Datastore.Kind.VSAN);
            world.vm("on-vsan", vm -> vm.disk(SIZE).on(vsan));
        }
        assertThat(client.get("/folder/on-vsan/on-vsan.vmdk?dcPath=DC0&dsName=vsan")
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.get("/folder/on-vsan/on-vsan-flat.vmdk?dcPath=DC0&dsName=vsan")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void namesMayHaveSpacesBracketsAndOtherScripts() {
        synchronized (world) {
            Datastore store = world.datastore("ssd 01 [档]", Datastore.Kind.VMFS6);
            world.vm("büro [1] a/b", vm -> vm.disk(SIZE).on(store));
        }
        String path = "/folder/b%C3%BCro%20%5B1%5D%20a_b/b%C3%BCro%20%5B1%5D%20a_b-flat.vmdk";
        String store = "ssd%2001%20%5B%E6%A1%A3%5D";
        assertThat(client.get(path + "?dcPath=DC0&dsName=" + store).statusCode())
                .isEqualTo(200);
        assertThat(client.get(path + "?dcPath=DC0&dsName=" + store.replace("%", "%25"))
                        .statusCode())
                .as("encoded twice")
                .isEqualTo(200);
    }

    @Test
    void aDatacenterInAFolderNeedsItsWholePath() {
        synchronized (world) {
            Datacenter inside = world.datacenter("DC/1", world.folder("Sites & more", world.root));
            Datastore store = world.datastore("store-2", Datastore.Kind.VMFS6, inside);
            world.vm("far", vm -> vm.disk(SIZE).on(store));
        }
        assertThat(client.get("/folder/far/far-flat.vmdk?dcPath=Sites%20%26%20more%2FDC%252f1&dsName=store-2")
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.get("/folder/far/far-flat.vmdk?dcPath=DC%252f1&dsName=store-2")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void withoutThePrivilegeItIsForbidden() {
        synchronized (world) {
            world.deniedPrivileges.add("Datastore.FileManagement");
        }
        assertThat(client.get(FLAT + QUERY).statusCode()).isEqualTo(403);
    }
}
