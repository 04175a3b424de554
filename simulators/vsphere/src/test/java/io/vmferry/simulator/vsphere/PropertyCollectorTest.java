package io.vmferry.simulator.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.simulator.vsphere.wire.MoRef;
import io.vmferry.simulator.vsphere.wire.Node;
import io.vmferry.simulator.vsphere.world.Vm;
import io.vmferry.simulator.vsphere.world.World;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PropertyCollectorTest {
    private final World world = new World(1);
    private final List<Vm> vms = IntStream.range(0, 7)
            .mapToObj(i -> world.vm("vm" + i, vm -> {
                vm.disk(1 << 20);
                vm.vanishes = i == 5;
            }))
            .toList();
    private final VsphereSimulator simulator = VsphereSimulator.start(world);
    private final RawClient client = RawClient.loggedIn(simulator);

    @AfterEach
    void stop() {
        simulator.close();
    }

    private MoRef ref(int vm) {
        return new MoRef("VirtualMachine", vms.get(vm).id());
    }

    @Test
    void pagesGiveEveryObjectOnceAndNoneThatVanished() {
        List<Node> found = client.all("VirtualMachine", 3, "name");

        assertThat(found)
                .extracting(object -> Objects.requireNonNull(
                                RawClient.properties(object).get("name"))
                        .text())
                .containsExactly("vm0", "vm1", "vm2", "vm3", "vm4", "vm6");
        assertThat(client.faultType("RetrievePropertiesEx", client.collector(), RawClient.objectSpec(ref(5), "name")))
                .isEqualTo("ManagedObjectNotFound");
    }

    @Test
    void aTokenIsGoodOnce() {
        Node first = client.call(
                "RetrievePropertiesEx",
                client.collector(),
                RawClient.viewSpec(client.view("VirtualMachine"), "VirtualMachine", "name")
                        + "<options><maxObjects>2</maxObjects></options>");
        String token = "<token>" + RawClient.child(first, "returnval", "token").text() + "</token>";
        client.call("CancelRetrievePropertiesEx", client.collector(), token);
        assertThat(client.faultType("ContinueRetrievePropertiesEx", client.collector(), token))
                .isEqualTo("InvalidArgument");
    }

    @Test
    void theTreeIsWalkedByNamedSteps() {
        String spec = "<specSet><propSet><type>ManagedEntity</type><pathSet>name</pathSet></propSet><objectSet>"
                + RawClient.xml("obj", client.rootFolder())
                + "<skip>true</skip><selectSet xsi:type=\"TraversalSpec\"><name>folder</name><type>Folder</type>"
                + "<path>childEntity</path><selectSet><name>folder</name></selectSet><selectSet><name>dc</name></selectSet>"
                + "</selectSet><selectSet xsi:type=\"TraversalSpec\"><name>dc</name><type>Datacenter</type>"
                + "<path>vmFolder</path><selectSet><name>folder</name></selectSet></selectSet></objectSet></specSet>";
        Node result = client.call("RetrieveProperties", client.collector(), spec);
        assertThat(result.children("returnval"))
                .extracting(object -> RawClient.ref(object, "obj").type())
                .containsOnly("Datacenter", "Folder", "VirtualMachine")
                .hasSize(9);
    }

    @Test
    void whatMayNotBeReadIsMissingAndSaysWhy() {
        synchronized (world) {
            vms.get(2).hidden = true;
        }
        Node object =
                client.all("VirtualMachine", 100, "name", "runtime.powerState").get(2);
        assertThat(object.children("propSet")).isEmpty();
        assertThat(object.children("missingSet"))
                .extracting(missing -> missing.text("path") + " "
                        + RawClient.child(missing, "fault", "fault").xsiType())
                .containsExactly("name NoPermission", "runtime.powerState NoPermission");

        simulator.expireSessions();
        Node later = client.call("RetrievePropertiesEx", client.collector(), RawClient.objectSpec(ref(0), "name"));
        assertThat(RawClient.child(later, "returnval", "objects", "missingSet", "fault", "fault")
                        .xsiType())
                .isEqualTo("NotAuthenticated");
    }

    @Test
    void valuesSayTheirTypes() {
        var properties = client.properties(
                ref(0),
                "name",
                "runtime.powerState",
                "runtime.host",
                "config.hardware.numCPU",
                "datastore",
                "config.modified");
        assertThat(properties).hasSize(6);
        assertThat(properties.values().stream().map(Node::xsiType).toList())
                .containsExactly(
                        "int",
                        "dateTime",
                        "ArrayOfManagedObjectReference",
                        "string",
                        "ManagedObjectReference",
                        "VirtualMachinePowerState");
    }

    @Test
    void changesAreReportedOnce() throws Exception {
        String spec = RawClient.viewSpec(client.view("VirtualMachine"), "VirtualMachine", "name", "runtime.powerState")
                .replace("specSet", "spec");
        client.call("CreateFilter", client.collector(), spec + "<partialUpdates>false</partialUpdates>");
        Node first = update("", 4);
        assertThat(first.text("truncated")).isEqualTo("true");
        assertThat(kinds(first)).containsExactly("enter", "enter", "enter", "enter");
        Node second = update(String.valueOf(first.text("version")), 4);
        assertThat(kinds(second)).containsExactly("enter", "enter", "enter");
        assertThat(kinds(update(String.valueOf(first.text("version")), 4)))
                .as("an answer that got lost is given again")
                .hasSize(3);
        String version = String.valueOf(second.text("version"));
        Node none = client.call(
                "WaitForUpdatesEx",
                client.collector(),
                "<version>" + version + "</version><options><maxWaitSeconds>0</maxWaitSeconds></options>");
        assertThat(none.children()).isEmpty();

        CompletableFuture<Node> waiting = CompletableFuture.supplyAsync(() -> update(version, 100));
        RawClient.loggedIn(simulator).task("PowerOnVM_Task", ref(3), "");
        Node changed = waiting.get(2, TimeUnit.MINUTES);
        Node object = RawClient.child(changed, "filterSet", "objectSet");
        assertThat(object.text("kind")).isEqualTo("modify");
        assertThat(RawClient.child(object, "changeSet").text("name")).isEqualTo("runtime.powerState");
        assertThat(RawClient.child(object, "changeSet").text("val")).isEqualTo("poweredOn");

        synchronized (world) {
            world.delete(vms.get(0));
        }
        assertThat(kinds(update(String.valueOf(changed.text("version")), 100))).containsExactly("leave");
        assertThat(client.faultType("WaitForUpdatesEx", client.collector(), "<version>77</version>"))
                .isEqualTo("InvalidCollectorVersion");
    }

    private Node update(String version, int most) {
        return RawClient.child(
                client.call(
                        "WaitForUpdatesEx",
                        client.collector(),
                        "<version>" + version + "</version><options><maxWaitSeconds>100</maxWaitSeconds>"
                                + "<maxObjectUpdates>" + most + "</maxObjectUpdates></options>"),
                "returnval");
    }

    private static List<String> kinds(Node update) {
        return RawClient.child(update, "filterSet").children("objectSet").stream()
                .map(object -> String.valueOf(object.text("kind")))
                .toList();
    }

    @Test
    void aDtdIsNoRequest() {
        var answer = client.send(client.request("/sdk")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>")));
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("InvalidRequest");
    }

    @Test
    void aVersionFromTheFutureIsRefused() {
        client.version = "12.0";
        assertThat(client.faultType("CurrentTime", new MoRef("ServiceInstance", "ServiceInstance"), ""))
                .isEqualTo("InvalidRequest");
    }
}
