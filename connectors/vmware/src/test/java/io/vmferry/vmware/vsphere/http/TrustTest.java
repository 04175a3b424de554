package io.vmferry.vmware.vsphere.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.vmferry.spi.error.VmferryException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a connection trusts, and what is said when it does not. */
class TrustTest {
    @TempDir
    private Path folder;

    private @Nullable HttpsServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void aCaFileTrustsWhatItHoldsForTheNamedHost() throws Exception {
        URI uri = serve(TestCertificate.local());

        assertThat(get(uri, Trust.caFile(pem(TestCertificate.local())))).isEqualTo("hello");
    }

    @Test
    void aCaFileWithAnotherCertificateIsNoTrust() throws Exception {
        URI uri = serve(TestCertificate.local());

        VmferryException refused = refused(uri, Trust.caFile(pem(TestCertificate.other())));

        assertThat(refused.code()).isEqualTo(ConnectionError.VSPHERE_CERTIFICATE_UNTRUSTED);
        assertThat(refused.reason())
                .contains("not issued by an authority in ca.pem")
                .contains(Fingerprint.sha256(TestCertificate.local().certificate())
                        .toString());
        assertThat(refused.remedy()).contains("trust.sha256");
    }

    @Test
    void aCaFileDoesNotTrustAnotherHostsCertificate() throws Exception {
        URI uri = serve(TestCertificate.elsewhere());

        VmferryException refused = refused(uri, Trust.caFile(pem(TestCertificate.elsewhere())));

        assertThat(refused.code()).isEqualTo(ConnectionError.VSPHERE_CERTIFICATE_UNTRUSTED);
        assertThat(refused.reason()).contains("another host name or address");
    }

    @Test
    void thePlatformDoesNotTrustASelfSignedServer() throws Exception {
        URI uri = serve(TestCertificate.local());

        VmferryException refused = refused(uri, Trust.platform());

        assertThat(refused.code()).isEqualTo(ConnectionError.VSPHERE_CERTIFICATE_UNTRUSTED);
        assertThat(refused.reason()).contains("authorities of the Java platform");
    }

    @Test
    void anExpiredCertificateSendsTheReaderToTheClocks() throws Exception {
        URI uri = serve(TestCertificate.expired());
        Path authority = Files.writeString(
                folder.resolve("ca.pem"), TestCertificate.expired().authorityPem());

        VmferryException refused = refused(uri, Trust.caFile(authority));

        assertThat(refused.code()).isEqualTo(ConnectionError.VSPHERE_CERTIFICATE_DATE);
        assertThat(refused.reason()).contains("expired on");
        assertThat(refused.remedy()).contains("clocks");
    }

    @Test
    void aPinTrustsOneCertificateUnderAnyNameOrAddress() throws Exception {
        X509Certificate certificate = TestCertificate.elsewhere().certificate();
        URI uri = serve(TestCertificate.elsewhere());

        assertThat(get(uri, Trust.pinned(Fingerprint.sha256(certificate)))).isEqualTo("hello");
        assertThat(get(uri, Trust.pinned(sha1(certificate)))).isEqualTo("hello");
    }

    @Test
    void aPinRefusesEveryOtherCertificate() throws Exception {
        URI uri = serve(TestCertificate.local());

        Fingerprint other = Fingerprint.sha256(TestCertificate.other().certificate());
        VmferryException refused = refused(uri, Trust.pinned(other));

        assertThat(refused.code()).isEqualTo(ConnectionError.VSPHERE_CERTIFICATE_UNTRUSTED);
        assertThat(refused.reason())
                .contains("not the pinned one, " + other)
                .contains(Fingerprint.sha256(TestCertificate.local().certificate())
                        .toString());
    }

    @Test
    void oneConnectionsTrustIsNotAnothers() throws Exception {
        URI uri = serve(TestCertificate.local());

        assertThat(get(uri, Trust.insecure())).isEqualTo("hello");
        assertThat(refused(uri, Trust.platform()).code()).isEqualTo(ConnectionError.VSPHERE_CERTIFICATE_UNTRUSTED);
        assertThat(refused(uri, Trust.pinned(Fingerprint.parse("0".repeat(64)))).code())
                .isEqualTo(ConnectionError.VSPHERE_CERTIFICATE_UNTRUSTED);
    }

    @Test
    void insecureSaysSo() {
        assertThat(Trust.insecure().words()).isEqualTo("insecure");
        assertThat(Trust.insecure().verified()).isFalse();
        assertThat(Trust.platform().verified()).isTrue();
    }

    @Test
    void fingerprintsAreReadInEveryUsualSpelling() throws Exception {
        Fingerprint fingerprint = Fingerprint.sha256(TestCertificate.local().certificate());
        String colons = fingerprint.toString().substring("SHA-256 ".length());

        assertThat(Fingerprint.parse(colons)).isEqualTo(fingerprint);
        assertThat(Fingerprint.parse(colons.toLowerCase(java.util.Locale.ROOT).replace(":", "")))
                .isEqualTo(fingerprint);
        assertThat(catchThrowableOfType(VmferryException.class, () -> Fingerprint.parse("ab:cd"))
                        .code())
                .isEqualTo(ConnectionError.VSPHERE_TRUST_INVALID);
    }

    @Test
    void aFileWithoutCertificatesIsNoTrust() throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), "not a certificate");

        assertThat(catchThrowableOfType(VmferryException.class, () -> Trust.caFile(file))
                        .code())
                .isEqualTo(ConnectionError.VSPHERE_TRUST_INVALID);
        Files.writeString(file, "");
        assertThat(catchThrowableOfType(VmferryException.class, () -> Trust.caFile(file))
                        .code())
                .isEqualTo(ConnectionError.VSPHERE_TRUST_INVALID);
    }

    @Test
    void nobodyListening() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(refused(URI.create("https://127.0.0.1:" + port + "/"), Trust.insecure())
                        .code())
                .isEqualTo(ConnectionError.VSPHERE_UNREACHABLE);
    }

    @Test
    void aNameThatDoesNotExist() throws Exception {
        assertThat(refused(URI.create("https://vcenter.invalid/"), Trust.insecure())
                        .code())
                .isEqualTo(ConnectionError.VSPHERE_HOST_UNKNOWN);
    }

    @Test
    void aServerWithoutTls() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answers = new Thread(() -> {
                try (var connection = plain.accept()) {
                    connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
                    connection.getInputStream().readAllBytes();
                } catch (IOException e) {
                    // The client may be gone already.
                }
            });
            answers.start();

            assertThat(refused(URI.create("https://127.0.0.1:" + plain.getLocalPort() + "/"), Trust.insecure())
                            .code())
                    .isEqualTo(ConnectionError.VSPHERE_TLS_FAILED);
            answers.join(10_000);
        }
    }

    @Test
    void aServerThatSaysNothing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/"))
                    .timeout(Duration.ofMillis(200))
                    .build();
            IOException failure = catchThrowableOfType(
                    IOException.class,
                    () -> HttpClients.create(Trust.insecure()).send(request, HttpResponse.BodyHandlers.ofString()));

            assertThat(ConnectionFailure.of("silent", "asking", failure).code())
                    .isEqualTo(ConnectionError.VSPHERE_SILENT);
        }
    }

    private Path pem(TestCertificate certificate) throws IOException {
        return Files.writeString(folder.resolve("ca.pem"), certificate.pem());
    }

    private static Fingerprint sha1(X509Certificate certificate) throws Exception {
        byte[] digest = java.security.MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded());
        return Fingerprint.parse(java.util.HexFormat.of().formatHex(digest));
    }

    private URI serve(TestCertificate certificate) throws IOException {
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(certificate.tls()));
        https.createContext("/", exchange -> {
            byte[] body = "hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        https.start();
        server = https;
        return URI.create("https://127.0.0.1:" + https.getAddress().getPort() + "/");
    }

    private static String get(URI uri, Trust trust) throws IOException, InterruptedException {
        HttpClient client = HttpClients.create(trust);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static VmferryException refused(URI uri, Trust trust) {
        IOException failure = catchThrowableOfType(IOException.class, () -> get(uri, trust));
        return ConnectionFailure.of(uri.getAuthority(), "asking", failure);
    }
}
