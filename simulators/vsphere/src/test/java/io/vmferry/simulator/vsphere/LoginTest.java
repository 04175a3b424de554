package io.vmferry.simulator.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.simulator.vsphere.wire.MoRef;
import io.vmferry.simulator.vsphere.wire.Node;
import io.vmferry.simulator.vsphere.world.Vm;
import io.vmferry.simulator.vsphere.world.World;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoginTest {
    private final World world = new World(1);
    private final Vm web = world.vm("web", vm -> {
        vm.poweredOn = true;
        vm.disk(64 << 20);
        vm.nic(world.vmNetwork).address("10.0.0.5/24").gateway("10.0.0.1");
    });
    private final VsphereSimulator simulator = VsphereSimulator.start(world);

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void aClientLogsInAndSeesMachines() {
        RawClient client = RawClient.loggedIn(simulator);

        assertThat(client.all("VirtualMachine", 500, "name", "config.hardware.device"))
                .singleElement()
                .satisfies(object -> {
                    assertThat(RawClient.ref(object, "obj").id()).isEqualTo(web.id());
                    Map<String, Node> properties = RawClient.properties(object);
                    assertThat(properties.get("name")).extracting(Node::text).isEqualTo("web");
                    assertThat(properties.get("config.hardware.device"))
                            .extracting(Node::xsiType)
                            .isEqualTo("ArrayOfVirtualDevice");
                });
        assertThat(simulator.openSessions(simulator.vcenter())).isOne();
        client.call("Logout", client.sessionManager(), "");
        assertThat(simulator.openSessions(simulator.vcenter())).isZero();
    }

    @Test
    void aWrongPasswordIsAnInvalidLogin() {
        RawClient client = new RawClient(simulator, simulator.vcenter());

        assertThat(client.faultType(
                        "Login",
                        client.sessionManager(),
                        "<userName>" + World.USER + "</userName><password>x</password>"))
                .isEqualTo("InvalidLogin");
    }

    @Test
    void anIdleSessionExpires() {
        RawClient client = RawClient.loggedIn(simulator);
        simulator.clock().advance(Duration.ofMinutes(29));
        client.call("CurrentTime", new MoRef("ServiceInstance", "ServiceInstance"), "");
        simulator.clock().advance(Duration.ofMinutes(31));

        assertThat(client.faultType("CurrentTime", new MoRef("ServiceInstance", "ServiceInstance"), ""))
                .isEqualTo("NotAuthenticated");
    }
}
