package io.vmferry.vmware.vsphere.http;

import java.net.http.HttpClient;
import java.time.Duration;

/** Makes the JDK's HTTP client for one server: its own trust, HTTP/1.1, no redirects, no cookies but those that are set. */
public final class HttpClients {
    /** Until a connection is there; a firewall that drops packets says nothing at all. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

    private HttpClients() {}

    /** HTTP/1.1, because HTTP/2 puts all requests onto one connection, and vSphere throttles by connection. */
    public static HttpClient create(Trust trust) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .sslContext(trust.tls())
                .build();
    }
}
