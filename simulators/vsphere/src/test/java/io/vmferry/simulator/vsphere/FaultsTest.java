package io.vmferry.simulator.vsphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.simulator.vsphere.http.Fault;
import io.vmferry.simulator.vsphere.wire.MoRef;
import io.vmferry.simulator.vsphere.world.Vm;
import io.vmferry.simulator.vsphere.world.World;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every fault does what it says, and nothing else. */
class FaultsTest {
    private static final int SIZE = 2 << 20;
    private static final String FLAT = "/folder/web/web-flat.vmdk?dcPath=DC0&dsName=datastore1";
    private static final String NAME = "[datastore1] web/web-flat.vmdk";
    private static final MoRef SERVICE = new MoRef("ServiceInstance", "ServiceInstance");

    private final World world = new World(1);
    private final Vm web = world.vm("web", vm -> vm.disk(SIZE));
    private final VsphereSimulator simulator = VsphereSimulator.start(world);
    private final RawClient client = RawClient.loggedIn(simulator);

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void aConnectionDiesInTheMiddleAndTheNextOneLives() {
        Fault fault = simulator.faults().onFolder().times(1).dropAfter(100_000);
        assertThatThrownBy(() -> client.trySend(client.request(FLAT).GET())).isInstanceOf(IOException.class);
        assertThat(fault.hits()).isOne();
        assertThat(simulator.served().bytes(NAME)).isLessThan(SIZE);
        assertThat(client.get(FLAT).body()).hasSize(SIZE);
    }

    @Test
    void aBodyEndsEarlyInProperForm() {
        byte[] whole = client.get(FLAT).body();
        simulator.faults().onFolder().truncateAfter(4000);
        HttpResponse<byte[]> cut = client.get(FLAT, "Range", "bytes=0-9999");
        assertThat(cut.statusCode()).isEqualTo(206);
        assertThat(cut.headers().firstValue("Content-Range")).hasValue("bytes 0-9999/" + SIZE);
        assertThat(cut.body()).isEqualTo(Arrays.copyOf(whole, 4000));

        simulator.faults().onSoap().where("CurrentTime").truncateAfter(100);
        assertThat(client.post("CurrentTime", SERVICE, "").body()).hasSize(100);
    }

    @Test
    void aDownloadStallsUntilTheFaultEnds() throws InterruptedException, ExecutionException {
        Fault fault = simulator.faults().onFolder().stallAfter(50_000);
        CompletableFuture<HttpResponse<byte[]>> stalled =
                client.http.sendAsync(client.request(FLAT).build(), HttpResponse.BodyHandlers.ofByteArray());
        for (int i = 0; i < 10_000 && fault.hits() == 0; i++) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(fault.hits()).isOne();
        assertThat(stalled).isNotDone();
        simulator.faults().clear();
        assertThatThrownBy(() -> stalled.get(2, TimeUnit.MINUTES)).hasCauseInstanceOf(IOException.class);
        assertThat(client.get(FLAT).body()).hasSize(SIZE);
    }

    @Test
    void aServerIsBusyAtRandomButTheSameWithTheSameSeed() {
        assertThat(statuses(7)).isEqualTo(statuses(7)).contains(206).contains(503);
        assertThat(statuses(7)).isNotEqualTo(statuses(8));
    }

    private List<Integer> statuses(long seed) {
        simulator.faults().clear();
        simulator.faults().onFolder().random(0.3, seed).status(503);
        return IntStream.range(0, 60)
                .map(i -> client.get(FLAT, "Range", "bytes=0-9").statusCode())
                .boxed()
                .toList();
    }

    @Test
    void onlySomeRequestsAreMet() {
        simulator.faults().onFolder().where("other").status(500);
        simulator.faults().onFolder().at(simulator.esxi(web.host())).status(500);
        simulator.faults().onFolder().skip(1).times(2).status(503);
        assertThat(IntStream.range(0, 5).map(i -> client.get(FLAT).statusCode()))
                .containsExactly(200, 503, 503, 200, 200);
        client.call("CurrentTime", SERVICE, "");
    }

    @Test
    void aPageComesInsteadOfSoap() {
        simulator.faults().onSoap().where("CurrentTime").html();
        HttpResponse<byte[]> page = client.post("CurrentTime", SERVICE, "");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(new String(page.body(), StandardCharsets.UTF_8)).contains("<html>");
        assertThat(client.all("VirtualMachine", 10, "name")).hasSize(1);
    }

    @Test
    void aSlowHostTakesTheTimeItIsGiven() {
        simulator.faults().onFolder().slow(Duration.ofMillis(300), 1 << 20);
        long start = System.nanoTime();
        assertThat(client.get(FLAT, "Range", "bytes=0-262143").body()).hasSize(256 << 10);
        // A lower bound only: 300 ms and a quarter of a second for a quarter of a MiB.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(500));
    }

    @Test
    void anotherCertificateIsShown() {
        String before = simulator.vcenter().sha256();
        simulator.vcenter().changeCertificate();
        assertThat(simulator.vcenter().sha256()).isNotEqualTo(before);
        assertThatThrownBy(() -> fresh().send(client.request(FLAT).build(), HttpResponse.BodyHandlers.ofByteArray()))
                .isInstanceOf(SSLException.class);
        RawClient host = new RawClient(simulator, simulator.esxi(web.host()));
        assertThat(host.get("/nothing").statusCode()).isEqualTo(404);
    }

    private HttpClient fresh() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(RawClient.trusting(simulator.caPem()))
                .build();
    }

    @Test
    void sessionsEndEverywhere() {
        simulator.expireSessions();
        assertThat(client.get(FLAT).statusCode()).isEqualTo(401);
        assertThat(client.faultType("CurrentTime", SERVICE, "")).isEqualTo("NotAuthenticated");
        assertThat(simulator.openSessions(simulator.vcenter())).isZero();
    }
}
