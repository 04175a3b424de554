package io.vmferry.vmware.vsphere.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The other side of a SOAP connection, scripted by a test: it logs anybody in whose password is {@link #PASSWORD} and leaves
 * every other call to the test's script.
 */
final class SdkServer implements AutoCloseable {
    static final String PASSWORD = "correct horse <&>";
    private static final Pattern METHOD = Pattern.compile("<soapenv:Body><(\\w+)");

    /** What the server got. */
    record Call(
            String method,
            String body,
            String action,
            @Nullable String cookie) {
        boolean in(String session) {
            return cookie != null && cookie.contains(session);
        }
    }

    /** What a script answers: the whole HTTP answer, or the inside of a SOAP body with status 200. */
    record Reply(int status, String type, byte[] body, long announced) {
        static Reply of(String method, String inside) {
            return soap(200, "<" + method + "Response xmlns=\"urn:vim25\">" + inside + "</" + method + "Response>");
        }

        static Reply fault(String type, String detail) {
            return soap(
                    500,
                    "<soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>it says " + type
                            + "</faultstring><detail><" + type + "Fault xmlns=\"urn:vim25\" xsi:type=\"" + type + "\">"
                            + detail + "</" + type + "Fault></detail></soapenv:Fault>");
        }

        static Reply soap(int status, String body) {
            return text(
                    status,
                    "text/xml; charset=utf-8",
                    "<?xml version=\"1.0\"?><soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\""
                            + " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\""
                            + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soapenv:Body>" + body
                            + "</soapenv:Body></soapenv:Envelope>");
        }

        static Reply text(int status, String type, String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return new Reply(status, type, bytes, bytes.length);
        }
    }

    /** Answers a call; null leaves it to the defaults. */
    @FunctionalInterface
    interface Script {
        @Nullable
        Reply reply(Call call) throws Exception;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger logins = new AtomicInteger();
    private volatile Script script = call -> null;
    private volatile String apiVersion = "8.0.3.0";

    SdkServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    SdkServer script(Script next) {
        script = next;
        return this;
    }

    SdkServer apiVersion(String version) {
        apiVersion = version;
        return this;
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    VimConnection connect() {
        return connect(PASSWORD);
    }

    VimConnection connect(String password) {
        return VimConnection.open(base(), HttpClient.newHttpClient(), new Credentials("root", () -> password));
    }

    List<Call> calls(String method) {
        return calls.stream().filter(call -> call.method().equals(method)).toList();
    }

    int logins() {
        return logins.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Matcher method = METHOD.matcher(body);
        Call call = new Call(
                method.find() ? method.group(1) : exchange.getRequestURI().toString(),
                body,
                exchange.getRequestHeaders().getFirst("SOAPAction"),
                exchange.getRequestHeaders().getFirst("Cookie"));
        calls.add(call);
        Reply reply;
        try {
            reply = script.reply(call);
        } catch (Exception e) {
            reply = Reply.text(500, "text/plain", e.toString());
        }
        if (reply == null) {
            reply = standard(call, exchange);
        }
        exchange.getResponseHeaders().set("Content-Type", reply.type());
        exchange.sendResponseHeaders(reply.status(), reply.announced());
        OutputStream out = exchange.getResponseBody();
        out.write(reply.body());
        if (reply.announced() > reply.body().length) {
            out.flush();
            // What a handler throws makes the server drop the connection.
            throw new IOException("as told");
        }
        exchange.close();
    }

    private Reply standard(Call call, HttpExchange exchange) {
        switch (call.method()) {
            case "RetrieveServiceContent" -> {
                return Reply.of(
                        call.method(),
                        "<returnval>" + ref("rootFolder", "Folder", "group-d1")
                                + ref("propertyCollector", "PropertyCollector", "pc")
                                + ref("viewManager", "ViewManager", "vm")
                                + "<about><name>VMware vCenter Server</name><version>8.0.3</version><apiType>VirtualCenter</apiType>"
                                + "<apiVersion>" + apiVersion + "</apiVersion><instanceUuid>abc</instanceUuid></about>"
                                + ref("sessionManager", "SessionManager", "SessionManager")
                                + ref("authorizationManager", "AuthorizationManager", "am") + "</returnval>");
            }
            case "Login" -> {
                if (!call.body().contains("<password>correct horse &lt;&amp;&gt;</password>")) {
                    return Reply.fault("InvalidLogin", "");
                }
                exchange.getResponseHeaders()
                        .add(
                                "Set-Cookie",
                                "vmware_soap_session=\"s" + logins.incrementAndGet()
                                        + "\"; Path=/; HttpOnly; Secure; ");
                return Reply.of("Login", "<returnval><key>k</key><userName>root</userName></returnval>");
            }
            case "CreateContainerView" -> {
                return Reply.of(call.method(), ref("returnval", "ContainerView", "session[1]view"));
            }
            default -> {
                return Reply.of(call.method(), "");
            }
        }
    }

    static String ref(String name, String type, String value) {
        return "<" + name + " type=\"" + type + "\">" + value + "</" + name + ">";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
