package io.vmferry.vmware.vsphere.client;

import static io.vmferry.vmware.vsphere.client.SdkServer.ref;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vmferry.spi.error.ErrorCode;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.vmware.vsphere.VsphereError;
import io.vmferry.vmware.vsphere.client.SdkServer.Reply;
import io.vmferry.vmware.vsphere.http.ConnectionError;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Session, transport and faults of the client, against a server that does as it is told. */
@Timeout(120)
class VimConnectionTest {
    private static final Moref VM = new Moref("VirtualMachine", "vm-1");
    private static final String NOT_LOGGED_IN = "<returnval><objects>" + ref("obj", "VirtualMachine", "vm-1")
            + "<missingSet><path>name</path><fault><fault xsi:type=\"%s\"/></fault></missingSet></objects></returnval>";

    private final SdkServer server = new SdkServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void sendsTheCookieWithoutItsAttributesAndTheServersOwnVersion() {
        try (VimConnection connection = server.connect()) {
            connection.call("CurrentTime", VM, e -> {});
            SdkServer.Call call = server.calls("CurrentTime").get(0);
            assertThat(call.cookie()).isEqualTo("vmware_soap_session=\"s1\"");
            assertThat(call.action()).isEqualTo("urn:vim25/8.0.3.0");
            assertThat(call.body()).contains("<_this type=\"VirtualMachine\">vm-1</_this>");
            assertThat(server.calls("Login").get(0).cookie()).isNull();
        }
        assertThat(server.calls("Logout")).hasSize(1);
    }

    @Test
    void anAbandonedVersionFallsBackToTheOldest() {
        server.apiVersion("9.9");
        server.script(call -> "urn:vim25/9.9".equals(call.action())
                ? Reply.soap(
                        500,
                        "<soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>Unsupported version URI"
                                + " \"urn:vim25/9.9\"</faultstring></soapenv:Fault>")
                : null);
        try (VimConnection connection = server.connect()) {
            connection.call("CurrentTime", VM, e -> {});
            assertThat(server.calls("CurrentTime").get(0).action()).isEqualTo("urn:vim25/6.0");
        }
    }

    @Test
    void aWrongPasswordIsToldWithoutThePassword() {
        VmferryException e = catchThrowableOfType(VmferryException.class, () -> server.connect("battery staple"));
        assertThat(e.code()).isEqualTo(VsphereError.VSPHERE_LOGIN_REFUSED);
        assertThat(e).hasMessageContaining("root").hasMessageNotContaining("staple");
        assertThat(server.calls("Login")).hasSize(1);
    }

    @Test
    void aPasswordThatXmlCannotCarryIsRefusedWithoutBeingShown() {
        VmferryException e = catchThrowableOfType(VmferryException.class, () -> server.connect("tab\u0001stop"));
        assertThat(e.code()).isEqualTo(VsphereError.VSPHERE_SETTING_INVALID);
        assertThat(e).hasMessageContaining("password").hasMessageNotContaining("stop");
    }

    @Test
    void anEndedSessionIsMadeAnewOnceACall() {
        try (VimConnection connection = server.connect()) {
            server.script(call ->
                    call.method().equals("CurrentTime") && call.in("s1") ? Reply.fault("NotAuthenticated", "") : null);
            connection.call("CurrentTime", VM, e -> {});
            assertThat(server.logins()).isEqualTo(2);
            assertThat(server.calls("CurrentTime")).hasSize(2);
            assertThat(connection.cookie()).contains("s2");

            server.script(call -> call.method().equals("CurrentTime") ? Reply.fault("NotAuthenticated", "") : null);
            assertCode(VsphereError.VSPHERE_SESSION_LOST, () -> connection.call("CurrentTime", VM, e -> {}));
            assertThat(server.logins()).isEqualTo(3);
        }
    }

    @Test
    void aSessionThatEndedShowsInMissingPropertiesToo() {
        try (VimConnection connection = server.connect()) {
            for (String fault : List.of("NotAuthenticated", "NoPermission")) {
                String stale = connection.cookie();
                server.script(call -> {
                    if (!call.method().startsWith("RetrieveProperties") || !stale.equals(call.cookie())) {
                        return null;
                    }
                    return Reply.of(
                            call.method(),
                            call.body().contains("currentSession")
                                    ? "<returnval>" + ref("obj", "SessionManager", "SessionManager") + "</returnval>"
                                    : NOT_LOGGED_IN.formatted(fault));
                });
                connection.properties().read(List.of(VM), List.of("name"));
                assertThat(connection.cookie()).as(fault).isNotEqualTo(stale);
            }
            assertThat(server.logins()).isEqualTo(3);
        }
    }

    @Test
    void aPermissionThatIsReallyMissingIsNoReasonToLogIn() {
        try (VimConnection connection = server.connect()) {
            server.script(call -> call.method().startsWith("RetrieveProperties")
                    ? Reply.of(
                            call.method(),
                            call.body().contains("currentSession")
                                    ? "<returnval>" + ref("obj", "SessionManager", "SessionManager")
                                            + "<propSet><name>currentSession</name><val xsi:type=\"UserSession\"><key>k</key></val>"
                                            + "</propSet></returnval>"
                                    : NOT_LOGGED_IN.formatted("NoPermission"))
                    : null);
            List<ManagedObject> vms = connection.properties().read(List.of(VM), List.of("name"));
            assertThat(vms).hasSize(1);
            assertThat(vms.get(0).missing()).containsEntry("name", "NoPermission");
            assertThat(server.logins()).isEqualTo(1);
        }
    }

    @Test
    void whatIsNoSdkIsToldApart() {
        server.script(call -> Reply.text(200, "text/html", "<html><head><title>Sign in</title></head>"));
        assertThat(assertCode(VsphereError.VSPHERE_NOT_SDK, server::connect)).hasMessageContaining("Sign in");
        server.script(call -> Reply.text(200, "text/xml", "<html><body><br></body></html>"));
        assertCode(VsphereError.VSPHERE_NOT_SDK, server::connect);
        server.script(call -> Reply.text(200, "text/xml", "<feed/>"));
        assertCode(VsphereError.VSPHERE_NOT_SDK, server::connect);
        server.script(call -> Reply.text(404, "text/plain", "no"));
        assertCode(VsphereError.VSPHERE_NOT_SDK, server::connect);
        server.script(call -> Reply.of(call.method(), ""));
        assertCode(VsphereError.VSPHERE_NOT_SDK, server::connect);
    }

    @Test
    void whatIsDamagedOrBusyIsWorthAnotherTry() {
        server.script(call -> Reply.text(503, "text/html", "<html>Service Unavailable</html>"));
        assertCode(VsphereError.VSPHERE_BUSY, server::connect);
        server.script(call -> Reply.text(200, "text/xml", ""));
        assertCode(VsphereError.VSPHERE_ANSWER_CUT, server::connect);
        Reply whole = Reply.of("RetrieveServiceContent", "<returnval><about/></returnval>");
        String text = new String(whole.body(), java.nio.charset.StandardCharsets.UTF_8);
        server.script(call -> Reply.text(200, "text/xml", text.substring(0, text.length() - 30)));
        assertCode(VsphereError.VSPHERE_ANSWER_CUT, server::connect);
        server.script(call -> new Reply(200, "text/xml", whole.body(), whole.body().length + 100));
        assertCode(ConnectionError.VSPHERE_CONNECTION_LOST, server::connect);
    }

    @Test
    void documentTypesAndAbsurdDepthAreRefused() {
        String entity = "<?xml version=\"1.0\"?><!DOCTYPE e [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><e>&x;</e>";
        server.script(call -> Reply.text(200, "text/xml", entity));
        VmferryException e = catchThrowableOfType(VmferryException.class, server::connect);
        assertThat(e.code()).isIn(VsphereError.VSPHERE_ANSWER_REFUSED, VsphereError.VSPHERE_ANSWER_CUT);
        assertThat(e).hasMessageNotContaining("root:");
        server.script(call -> Reply.soap(200, "<a>".repeat(5000) + "</a>".repeat(5000)));
        assertCode(VsphereError.VSPHERE_ANSWER_REFUSED, server::connect);
    }

    @Test
    void aServerThatStopsInTheMiddleIsNotWaitedForForEver() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (VimConnection connection = server.connect()) {
            server.script(call -> {
                end.await(60, TimeUnit.SECONDS);
                return null;
            });
            assertCode(
                    ConnectionError.VSPHERE_SILENT,
                    () -> connection.call("PowerOffVM_Task", VM, e -> {}, Duration.ofMillis(300)));
        } finally {
            end.countDown();
        }
    }

    @Test
    void nobodyAtTheAddressIsUnreachable() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertCode(
                ConnectionError.VSPHERE_UNREACHABLE,
                () -> VimConnection.open(
                        URI.create("http://127.0.0.1:" + port),
                        HttpClient.newHttpClient(),
                        new Credentials("root", () -> "x")));
    }

    @Test
    void aClosedConnectionRefuses() {
        VimConnection connection = server.connect();
        connection.close();
        connection.close();
        assertCode(VsphereError.VSPHERE_CLOSED, () -> connection.call("CurrentTime", VM, e -> {}));
        assertCode(VsphereError.VSPHERE_CLOSED, connection::cookie);
        assertThat(server.calls("Logout")).hasSize(1);
    }

    @Test
    void aCallThatMustNotGoOutTwiceIsNotRepeated() {
        try (VimConnection connection = server.connect()) {
            server.script(call -> new Reply(200, "text/xml", new byte[0], 100));
            for (String method : List.of("PowerOffVM_Task", "QueryChangedDiskAreas")) {
                assertCode(ConnectionError.VSPHERE_CONNECTION_LOST, () -> connection.call(method, VM, e -> {}));
            }
            assertThat(server.calls("PowerOffVM_Task")).hasSize(1);
            assertThat(server.calls("QueryChangedDiskAreas")).hasSize(2);
        }
    }

    private static VmferryException assertCode(
            ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        VmferryException e = catchThrowableOfType(VmferryException.class, call);
        assertThat(e).isNotNull();
        assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
        assertThat(e.remedy()).isNotBlank();
        return e;
    }
}
