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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A session of vCenter's REST API: under {@code /api} from 7.0 U2 on, under {@code /rest} before, where answers are wrapped in
 * {@code value}. Opened with the first request. Not safe for several threads.
 */
public final class RestSession implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration LOGOUT_TIMEOUT = Duration.ofSeconds(10);
    private static final long LARGEST_ANSWER = 64L << 20;
    private static final String TOKEN = "vmware-api-session-id";
    private static final String NEW = "/api/session";
    private static final String LEGACY = "/rest/com/vmware/cis/session";

    private final HttpClient http;
    private final URI base;
    private final String server;
    private final Credentials credentials;
    private final JsonMapper json = JsonMapper.shared();
    private @Nullable String token;
    private boolean legacy;

    RestSession(HttpClient http, URI base, String server, Credentials credentials) {
        this.http = http;
        this.base = base;
        this.server = server;
        this.credentials = credentials;
    }

    /** Whether paths start with {@code /rest/com/vmware} instead of {@code /api}. */
    public boolean legacy() {
        login();
        return legacy;
    }

    /** @param path with the prefix that belongs to {@link #legacy} */
    public JsonNode get(String path) {
        login();
        return value(send(authorized(path).GET().build(), TIMEOUT), path);
    }

    /** @param body of names and values, arrays or maps */
    public JsonNode post(String path, Object body) {
        login();
        return value(
                send(
                        authorized(path)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)))
                                .build(),
                        TIMEOUT),
                path);
    }

    private HttpRequest.Builder authorized(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .header(TOKEN, token == null ? "" : token)
                .header("Accept", "application/json");
    }

    private void login() {
        if (token != null) {
            return;
        }
        HttpResponse<byte[]> answer = send(loginTo(NEW), TIMEOUT);
        if (answer.statusCode() == 404) {
            legacy = true;
            answer = send(loginTo(LEGACY), TIMEOUT);
        }
        if (answer.statusCode() == 401) {
            throw new VmferryException(
                    VsphereError.VSPHERE_LOGIN_REFUSED,
                    credentials.user() + " at " + server,
                    "the REST API refuses user and password, though the SDK accepts them",
                    "Use an account of single sign-on; accounts of the appliance itself see no tags.");
        }
        JsonNode value = value(answer, "the session");
        if (!value.isString()) {
            throw unreadable("the session", null);
        }
        token = value.stringValue();
    }

    private HttpRequest loginTo(String path) {
        String pair = credentials.user() + ":" + credentials.password().get();
        return HttpRequest.newBuilder(base.resolve(path))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
    }

    private JsonNode value(HttpResponse<byte[]> answer, String path) {
        int status = answer.statusCode();
        if (status == 503 || status == 429 || status == 502 || status == 504) {
            throw new VmferryException(
                    VsphereError.VSPHERE_BUSY,
                    server,
                    "its REST API is not ready to answer (HTTP " + status + ")",
                    "Wait until the vSphere client works, then run the same command again.");
        }
        if (status == 401 || status == 403) {
            throw new VmferryException(
                    VsphereError.VSPHERE_NO_PERMISSION,
                    server + " " + path,
                    "the account may not read this (HTTP " + status + ")",
                    "Give the account's role the right to read tags.");
        }
        if (status < 200 || status > 299) {
            throw new VmferryException(
                    VsphereError.VSPHERE_NOT_SUPPORTED,
                    server + " " + path,
                    "its REST API has no such thing (HTTP " + status + ")",
                    "Look at the connector's page for the versions that it needs.");
        }
        try {
            JsonNode node = json.readTree(answer.body());
            return legacy && node.has("value") ? node.get("value") : node;
        } catch (JacksonException e) {
            throw unreadable(path, e);
        }
    }

    private VmferryException unreadable(String path, @Nullable Exception cause) {
        return new VmferryException(
                VsphereError.VSPHERE_ANSWER_CUT,
                server + " " + path,
                "the answer of its REST API cannot be read",
                "Run the same command again; if it stays so, look for a proxy in between.",
                cause);
    }

    private HttpResponse<byte[]> send(HttpRequest request, Duration timeout) {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(request, info -> new BoundedBody(LARGEST_ANSWER));
        String doing = "asking its REST API for " + request.uri().getPath();
        try {
            return exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw ConnectionFailure.of(server, doing, new java.net.http.HttpTimeoutException("no complete answer"));
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new VmferryException(
                    CommonError.CANCELLED, server, "somebody asked to stop", "Run the same command again.", e);
        } catch (ExecutionException e) {
            throw ConnectionFailure.of(
                    server, doing, e.getCause() instanceof IOException io ? io : new IOException(e.getCause()));
        }
    }

    /** Ends the session, as far as the server still listens. */
    @Override
    public void close() {
        if (token != null) {
            try {
                send(authorized(legacy ? LEGACY : NEW).DELETE().build(), LOGOUT_TIMEOUT);
            } catch (VmferryException e) {
                // A session that nobody uses ends by itself.
            } finally {
                token = null;
            }
        }
    }
}
