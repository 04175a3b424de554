package io.vmferry.simulator.vsphere.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;

/**
 * An HTTPS server on a free port of the loopback interface: a vCenter or a host. Safe for many threads.
 *
 * <p>Routes are asked by the beginning of the path, in their order.
 */
public final class Endpoint implements AutoCloseable {
    static {
        // The JDK's server sends head and body of an answer in two packets. Without this, the second one waits some 40
        // ms for
        // the client to confirm the first. The server reads it once, when it is used for the first time.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpsServer server;
    private final SwitchableTls tls;
    private final String name;
    private final List<String> names;
    private final Faults faults;
    private volatile Identity identity;
    private volatile Map<String, Route> routes = Map.of();

    /** Answers requests to one part of the server. */
    public interface Handler {
        Reply handle(Request request) throws IOException;
    }

    /** @param part whose faults apply */
    public record Route(Part part, Handler handler) {}

    Endpoint(String name, Issuer issuer, Faults faults, Executor threads) {
        this.name = name;
        this.names = List.of(name, "localhost", "127.0.0.1", "::1");
        this.faults = faults;
        this.identity = issuer.issue(name, names);
        this.tls = SwitchableTls.of(identity);
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(threads);
        server.createContext("/", this::serve);
    }

    void start(Map<String, Route> paths) {
        routes = paths;
        server.start();
    }

    public String name() {
        return name;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** {@code https://127.0.0.1:port}. */
    public URI uri() {
        return URI.create("https://127.0.0.1:" + port());
    }

    /** SHA-256 of its certificate: upper-case pairs with colons. */
    public String sha256() {
        return identity.thumbprint("SHA-256");
    }

    /** SHA-1 of its certificate, as VMware hands it out. */
    public String sha1() {
        return identity.thumbprint("SHA-1");
    }

    /** Its certificate alone. */
    public String certificatePem() {
        return Identity.pem(identity.chain().get(0));
    }

    /** From now on another certificate is shown, by an authority that nobody knows. Open connections go on. */
    public void changeCertificate() {
        identity = new Issuer("Somebody else").issue(name, names);
        tls.use(identity);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Route route = null;
        for (Map.Entry<String, Route> entry : routes.entrySet()) {
            if (path != null && path.startsWith(entry.getKey())) {
                route = entry.getValue();
                break;
            }
        }
        if (route == null) {
            send(exchange, Reply.html(404, "Not Found"), Fault.Action.NONE, faults.stall());
            return;
        }
        Request request = new Request(exchange);
        // Taken before the fault is looked up: when the faults are cleared meanwhile, this latch is the one that opens.
        CountDownLatch stall = faults.stall();
        Fault.Action action = faults.action(this, route.part(), request.faultTarget());
        FaultyOutput.pause(stall, action.delay().toNanos());
        Reply reply = switch (action.kind()) {
            case STATUS -> Reply.text(action.status(), "text/plain", "");
            case HTML -> Reply.html(200, "Sign in");
            default -> route.handler().handle(request);
        };
        send(exchange, reply, action, stall);
    }

    private static void send(HttpExchange exchange, Reply reply, Fault.Action action, CountDownLatch stall)
            throws IOException {
        exchange.getRequestBody().readAllBytes();
        reply.headers().forEach(exchange.getResponseHeaders()::add);
        if (exchange.getRequestMethod().equals("HEAD") || reply.length() == 0) {
            if (reply.length() > 0) {
                exchange.getResponseHeaders().set("Content-Length", Long.toString(reply.length()));
            }
            exchange.sendResponseHeaders(reply.status(), -1);
            exchange.close();
            return;
        }
        long length = reply.length() == Reply.CHUNKED ? 0 : reply.length();
        if (action.kind() == Fault.Kind.TRUNCATE && length > 0) {
            length = Math.min(length, action.after());
        }
        exchange.sendResponseHeaders(reply.status(), length);
        OutputStream out = exchange.getResponseBody();
        reply.body().writeTo(new FaultyOutput(out, action, stall));
        // Not in a finally: a body that broke off must not get a proper end.
        out.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
