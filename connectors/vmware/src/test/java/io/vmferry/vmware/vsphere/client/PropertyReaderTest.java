package io.vmferry.vmware.vsphere.client;

import static io.vmferry.vmware.vsphere.client.SdkServer.ref;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.vmware.vsphere.VsphereError;
import io.vmferry.vmware.vsphere.client.SdkServer.Reply;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pages, missing properties and versions of the property collector. */
@Timeout(120)
class PropertyReaderTest {
    private final SdkServer server = new SdkServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private static String page(int from, int to, String token) {
        return "<returnval>" + (token.isEmpty() ? "" : "<token>" + token + "</token>")
                + IntStream.range(from, to)
                        .mapToObj(i -> "<objects>" + ref("obj", "VirtualMachine", "vm-" + i)
                                + "<propSet><name>name</name><val xsi:type=\"xsd:string\">n" + i
                                + "</val></propSet></objects>")
                        .collect(Collectors.joining())
                + "</returnval>";
    }

    private static List<String> names(VimConnection connection) {
        try (Stream<ManagedObject> all = connection.properties().all("VirtualMachine", List.of("name"))) {
            return all.map(vm -> vm.properties().text("name", "")).toList();
        }
    }

    private static List<String> expected(int count) {
        return IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
    }

    @Test
    void goesThroughAllPagesAndClosesTheView() {
        server.script(call -> switch (call.method()) {
            case "RetrievePropertiesEx" -> Reply.of(call.method(), page(0, 3, "t1"));
            case "ContinueRetrievePropertiesEx" ->
                Reply.of(call.method(), call.body().contains(">t1<") ? page(3, 6, "t2") : page(6, 7, ""));
            default -> null;
        });
        try (VimConnection connection = server.connect()) {
            assertThat(names(connection)).isEqualTo(expected(7));
            assertThat(server.calls("DestroyView")).hasSize(1);
            assertThat(server.calls("RetrievePropertiesEx").get(0).body()).contains("<maxObjects>500</maxObjects>");
        }
    }

    @Test
    void aSessionThatEndsBetweenPagesRepeatsNothing() {
        AtomicInteger continued = new AtomicInteger();
        server.script(call -> switch (call.method()) {
            case "RetrievePropertiesEx" -> Reply.of(call.method(), page(0, 3, "t1"));
            case "ContinueRetrievePropertiesEx" ->
                continued.getAndIncrement() == 0
                        ? Reply.fault("NotAuthenticated", "")
                        : Reply.of(call.method(), page(2, 6, ""));
            case "CreateContainerView" ->
                call.in("s1") && continued.get() > 0 ? Reply.fault("NotAuthenticated", "") : null;
            default -> null;
        });
        try (VimConnection connection = server.connect()) {
            assertThat(names(connection)).isEqualTo(expected(6));
            assertThat(server.logins()).isEqualTo(2);
        }
    }

    @Test
    void aServerThatNeverGetsToTheEndIsGivenUp() {
        server.script(call -> switch (call.method()) {
            case "RetrievePropertiesEx" -> Reply.of(call.method(), page(0, 3, "t1"));
            case "ContinueRetrievePropertiesEx" -> Reply.text(503, "text/plain", "busy");
            default -> null;
        });
        try (VimConnection connection = server.connect()) {
            VmferryException e = catchThrowableOfType(VmferryException.class, () -> names(connection));
            assertThat(e.code()).isEqualTo(VsphereError.VSPHERE_BUSY);
        }
    }

    @Test
    void aListThatIsNotReadToItsEndIsCancelled() {
        server.script(call ->
                call.method().equals("RetrievePropertiesEx") ? Reply.of(call.method(), page(0, 3, "t1")) : null);
        try (VimConnection connection = server.connect()) {
            try (Stream<ManagedObject> all = connection.properties().all("VirtualMachine", List.of("name"))) {
                assertThat(all.limit(1)).hasSize(1);
            }
            assertThat(server.calls("CancelRetrievePropertiesEx")).hasSize(1);
            assertThat(server.calls("DestroyView")).hasSize(1);
        }
    }

    @Test
    void aPathThatTheServersVersionDoesNotKnowIsLeftOutFromThenOn() {
        server.script(call -> {
            if (!call.method().equals("RetrievePropertiesEx")) {
                return null;
            }
            return call.body().contains("config.sevEnabled")
                    ? Reply.fault("InvalidProperty", "<name>config.sevEnabled</name>")
                    : Reply.of(call.method(), page(0, 1, ""));
        });
        try (VimConnection connection = server.connect()) {
            List<String> paths = List.of("name", "config.sevEnabled");
            Moref vm = new Moref("VirtualMachine", "vm-0");
            for (int i = 0; i < 2; i++) {
                assertThat(connection.properties().read(vm, paths).properties().text("name"))
                        .isEqualTo("n0");
            }
            assertThat(server.calls("RetrievePropertiesEx")).hasSize(3);
            VmferryException e = catchThrowableOfType(
                    VmferryException.class,
                    () -> connection.properties().withoutUnknown("T", List.of("a"), known -> {
                        throw Faults.ofCall(XmlNode.of("Fault", List.of()), "s");
                    }));
            assertThat(e).isNotNull();
        }
    }

    @Test
    void oneObjectThatIsGoneDoesNotFailTheOthers() {
        server.script(call -> {
            if (!call.method().equals("RetrievePropertiesEx")) {
                return null;
            }
            return call.body().contains(">vm-1<")
                    ? Reply.fault("ManagedObjectNotFound", ref("obj", "VirtualMachine", "vm-1"))
                    : Reply.of(call.method(), page(0, 1, ""));
        });
        try (VimConnection connection = server.connect()) {
            List<ManagedObject> found = connection
                    .properties()
                    .read(
                            List.of(new Moref("VirtualMachine", "vm-0"), new Moref("VirtualMachine", "vm-1")),
                            List.of("name"));
            assertThat(found).extracting(vm -> vm.ref().value()).containsExactly("vm-0");
            VmferryException e = catchThrowableOfType(
                    VmferryException.class,
                    () -> connection.properties().read(new Moref("VirtualMachine", "vm-1"), List.of("name")));
            assertThat(e.code()).isEqualTo(VsphereError.VSPHERE_OBJECT_GONE);
        }
    }

    @Test
    void propertiesAreOneTreeHoweverTheyWereAskedFor() {
        server.script(call -> call.method().equals("RetrievePropertiesEx")
                ? Reply.of(
                        call.method(),
                        "<returnval><objects>" + ref("obj", "VirtualMachine", "vm-0")
                                + "<propSet><name>config.extraConfig</name><val xsi:type=\"ArrayOfOptionValue\">"
                                + "<OptionValue xsi:type=\"OptionValue\"><key>a</key><value xsi:type=\"xsd:string\">1</value></OptionValue>"
                                + "<OptionValue xsi:type=\"OptionValue\"><key>b</key><value xsi:type=\"xsd:string\">2</value></OptionValue>"
                                + "</val></propSet>"
                                + "<propSet><name>config.hardware</name><val xsi:type=\"VirtualHardware\"><numCPU>4</numCPU>"
                                + "<device xsi:type=\"vim25:VirtualQuantumController\"><key>7</key><spin>up</spin></device>"
                                + "</val></propSet>"
                                + "<propSet><name>runtime.host</name><val type=\"HostSystem\""
                                + " xsi:type=\"ManagedObjectReference\">host-9</val></propSet></objects></returnval>")
                : null);
        try (VimConnection connection = server.connect()) {
            XmlNode vm = connection
                    .properties()
                    .read(new Moref("VirtualMachine", "vm-0"), List.of("config"))
                    .properties();
            assertThat(vm.each("config.extraConfig"))
                    .extracting(o -> o.text("key"))
                    .containsExactly("a", "b");
            assertThat(vm.integer("config.hardware.numCPU")).isEqualTo(4);
            assertThat(vm.ref("runtime.host")).isEqualTo(new Moref("HostSystem", "host-9"));
            XmlNode device = vm.each("config.hardware.device").get(0);
            assertThat(device.type()).isEqualTo("VirtualQuantumController");
            assertThat(device.text("spin")).isEqualTo("up");
        }
    }
}
