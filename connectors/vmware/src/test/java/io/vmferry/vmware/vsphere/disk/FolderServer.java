package io.vmferry.vmware.vsphere.disk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.vmferry.vmware.vsphere.http.Fingerprint;
import io.vmferry.vmware.vsphere.http.TestCertificate;
import io.vmferry.vmware.vsphere.http.Trust;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A web server with files and ranges that misbehaves when a test wants it to. */
final class FolderServer implements AutoCloseable {
    /** Decides what goes wrong with one request; called in the order of arrival. */
    interface Script {
        @Nullable
        Fault next(HttpExchange exchange, long from, long to);
    }

    /** What goes wrong. */
    sealed interface Fault {
        record Status(int code) implements Fault {}

        /** The connection dies after so many bytes of the body. */
        record DieAfter(long bytes) implements Fault {}

        /** Nothing more comes after so many bytes, but the connection stays. */
        record StallAfter(long bytes) implements Fault {}

        /** 200 and the whole file. */
        record Whole() implements Fault {}

        /** 200 and a login page. */
        record Page() implements Fault {}

        /** 206 with this Content-Range. */
        record Range(String header) implements Fault {}
    }

    private static final int STEP = 32 << 10;

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, NoiseFile> files = new ConcurrentHashMap<>();
    private final AtomicLong served = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private final List<String> queries = new CopyOnWriteArrayList<>();
    private volatile Script script = (exchange, from, to) -> null;
    private volatile String modified = "Mon, 02 Nov 2026 10:00:00 GMT";
    private volatile @Nullable String cookie;

    FolderServer() {
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setHttpsConfigurator(
                new HttpsConfigurator(TestCertificate.local().tls()));
        server.setExecutor(threads);
        server.createContext("/folder", this::answer);
        server.start();
    }

    FolderServer with(String path, NoiseFile file) {
        files.put(path, file);
        return this;
    }

    void script(Script faults) {
        script = faults;
    }

    void modified(String httpDate) {
        modified = httpDate;
    }

    void requireCookie(String nameAndValue) {
        cookie = nameAndValue;
    }

    URI uri(String path) {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/folder/" + path);
    }

    Trust trust() {
        try {
            return Trust.pinned(Fingerprint.sha256(TestCertificate.local().certificate()));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Bytes of bodies sent. */
    long served() {
        return served.get();
    }

    long requests() {
        return requests.get();
    }

    List<String> queries() {
        return queries;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.incrementAndGet();
            queries.add(exchange.getRequestURI().toString());
            String expected = cookie;
            if (expected != null
                    && !expected.equals(exchange.getRequestHeaders().getFirst("Cookie"))) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            NoiseFile file = files.get(exchange.getRequestURI().getPath().substring("/folder/".length()));
            if (file == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            answer(exchange, file);
        }
    }

    private void answer(HttpExchange exchange, NoiseFile file) throws IOException {
        String[] range = exchange.getRequestHeaders()
                .getFirst("Range")
                .substring("bytes=".length())
                .split("-");
        long from = Long.parseLong(range[0]);
        long to = Math.min(file.size(), Long.parseLong(range[1]) + 1);
        exchange.getResponseHeaders().set("Last-Modified", modified);
        Fault fault = script.next(exchange, from, to);
        if (fault instanceof Fault.Status status) {
            exchange.sendResponseHeaders(status.code(), -1);
        } else if (fault instanceof Fault.Page) {
            byte[] page = "<html><body>Log in</body></html>".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
        } else if (from >= to) {
            exchange.getResponseHeaders().set("Content-Range", "bytes */" + file.size());
            exchange.sendResponseHeaders(416, -1);
        } else if (fault instanceof Fault.Whole) {
            exchange.sendResponseHeaders(200, file.size());
            body(exchange, file, 0, file.size(), null);
        } else {
            String header = "bytes " + from + "-" + (to - 1) + "/" + file.size();
            exchange.getResponseHeaders()
                    .set("Content-Range", fault instanceof Fault.Range other ? other.header() : header);
            exchange.sendResponseHeaders(206, to - from);
            body(exchange, file, from, to, fault);
        }
    }

    private void body(HttpExchange exchange, NoiseFile file, long from, long to, @Nullable Fault fault)
            throws IOException {
        OutputStream out = exchange.getResponseBody();
        long stop = to;
        if (fault instanceof Fault.DieAfter die) {
            stop = Math.min(to, from + die.bytes());
        } else if (fault instanceof Fault.StallAfter stall) {
            stop = Math.min(to, from + stall.bytes());
        }
        for (long at = from; at < stop; ) {
            byte[] bytes = file.bytes(at, (int) Math.min(STEP, stop - at));
            out.write(bytes);
            served.addAndGet(bytes.length);
            at += bytes.length;
        }
        if (fault instanceof Fault.StallAfter) {
            out.flush();
            try {
                closing.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (stop == to) {
            out.close();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
