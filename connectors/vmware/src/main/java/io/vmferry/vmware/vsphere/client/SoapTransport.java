package io.vmferry.vmware.vsphere.client;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.vmware.vsphere.VsphereError;
import io.vmferry.vmware.vsphere.http.ConnectionFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Carries one message to {@code /sdk} and its answer back. Safe for many threads; knows nothing of sessions. */
final class SoapTransport {
    /** A page of 500 large VMs has some 30 MB; nothing real comes near this. */
    private static final long LARGEST_ANSWER = 256L << 20;

    private final HttpClient http;
    private final URI sdk;
    private final String server;
    private final AnswerReader reader;

    /** @param server for messages: host and port */
    SoapTransport(HttpClient http, URI base, String server) {
        this.http = http;
        this.sdk = base.resolve("/sdk");
        this.server = server;
        this.reader = new AnswerReader(server);
    }

    /**
     * An answer.
     *
     * @param node what the body holds, a fault or not
     * @param cookie the session's new cookie; null when the server set none
     * @param date the server's clock; null when it does not say
     */
    record Answer(
            XmlNode node, @Nullable String cookie, @Nullable Instant date) {}

    /**
     * Sends and waits.
     *
     * @param action version of the API, empty for the first message
     * @param doing for messages: {@code asking for RetrievePropertiesEx}
     * @param repeatable whether a request that a dead connection swallowed may be sent once more
     */
    Answer send(
            String message,
            String action,
            @Nullable String cookie,
            String doing,
            boolean repeatable,
            Duration timeout) {
        HttpRequest.Builder request = HttpRequest.newBuilder(sdk)
                .header("Content-Type", "text/xml; charset=utf-8")
                .header("SOAPAction", action)
                .timeout(timeout)
                .POST(HttpRequest.BodyPublishers.ofString(message));
        if (cookie != null) {
            request.header("Cookie", cookie);
        }
        HttpResponse<byte[]> response;
        try {
            response = exchange(request.build(), timeout);
        } catch (IOException e) {
            if (!repeatable || !swallowed(e)) {
                throw failed(doing, e);
            }
            // The server had closed the idle connection at the moment it was used again.
            try {
                response = exchange(request.build(), timeout);
            } catch (IOException again) {
                throw failed(doing, again);
            }
        }
        return answer(response);
    }

    private Answer answer(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        String type = response.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        // SOAP gives faults the status 500.
        if (status != 200 && !(status == 500 && type.contains("xml"))) {
            throw refused(status, response.body());
        }
        if (type.startsWith("text/html")) {
            throw reader.notSdk(response.body());
        }
        XmlNode node = reader.body(response.body());
        return new Answer(node, SessionCookie.from(response.headers()).orElse(null), date(response));
    }

    private static @Nullable Instant date(HttpResponse<byte[]> response) {
        String date = response.headers().firstValue("Date").orElse("");
        try {
            return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The client's own timeout ends with the headers; this one holds for the body as well. */
    private HttpResponse<byte[]> exchange(HttpRequest request, Duration timeout) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(request, info -> new BoundedBody(LARGEST_ANSWER));
        try {
            return exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw new HttpTimeoutException("no complete answer within " + timeout.toSeconds() + " s");
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new VmferryException(
                    CommonError.CANCELLED, server, "somebody asked to stop", "Run the same command again.", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    private static boolean swallowed(IOException e) {
        return !(e instanceof HttpTimeoutException)
                && !(e instanceof javax.net.ssl.SSLHandshakeException)
                && !(e instanceof java.net.ConnectException)
                && !(e instanceof BoundedBody.TooLarge);
    }

    private VmferryException failed(String doing, IOException e) {
        if (e instanceof BoundedBody.TooLarge || e.getCause() instanceof BoundedBody.TooLarge) {
            return new VmferryException(
                    VsphereError.VSPHERE_ANSWER_REFUSED,
                    server,
                    "its answer has " + e.getMessage(),
                    "Make sure that this is a vSphere server; if it is, report this as a defect.",
                    e);
        }
        return ConnectionFailure.of(server, doing, e);
    }

    private VmferryException refused(int status, byte[] body) {
        return switch (status) {
            case 502, 503, 504, 429 ->
                new VmferryException(
                        VsphereError.VSPHERE_BUSY,
                        server,
                        "it is not ready to answer (HTTP " + status + "): overloaded, starting, or out of sessions",
                        "Wait until the vSphere client works, then run the same command again; vCenter limits the number of"
                                + " sessions.");
            case 401, 403, 407 ->
                new VmferryException(
                        VsphereError.VSPHERE_NOT_SDK,
                        server,
                        "it refuses the address of the SDK (HTTP " + status + ")",
                        AnswerReader.NOT_SDK_REMEDY);
            default ->
                new VmferryException(
                        VsphereError.VSPHERE_NOT_SDK,
                        server,
                        "it has no vSphere SDK at /sdk (HTTP " + status + ", " + body.length + " bytes)",
                        AnswerReader.NOT_SDK_REMEDY);
        };
    }
}
