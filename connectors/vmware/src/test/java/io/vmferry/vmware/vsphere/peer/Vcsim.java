package io.vmferry.vmware.vsphere.peer;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vmferry.vmware.vsphere.http.Fingerprint;
import io.vmferry.vmware.vsphere.http.Trust;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * vcsim, a vCenter or ESXi that we did not write ourselves, on loopback for as long as a test needs it. Its {@code /folder}
 * asks for no login, and its flat files are empty until one is PUT there.
 */
public final class Vcsim implements AutoCloseable {
    public static final String USER = "user";
    public static final String PASSWORD = "correct horse";

    private static final Path BUILD = Path.of("..", "..", "peers", "vcsim", "build");

    private final Process process;
    private final URI sdk;

    private Vcsim(Process process, URI sdk) {
        this.process = process;
        this.sdk = sdk;
    }

    /** Starts it, or skips the test in so many words. */
    public static Vcsim start(String... flags) {
        List<String> command = new ArrayList<>(List.of(program()));
        command.addAll(List.of(flags));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("VCSIM_PASSWORD", PASSWORD);
        try {
            Process process = builder.start();
            // Ends with its standard input: also when this JVM is killed.
            String line = firstLine(process);
            if (line == null) {
                throw new IllegalStateException("vcsim ended with " + process.waitFor());
            }
            return new Vcsim(process, URI.create(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String program() {
        String path = null;
        try {
            Process look = new ProcessBuilder("bash", BUILD.toString(), "--look")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            path = firstLine(look);
        } catch (IOException e) {
            // Without bash there is no vcsim either.
        }
        assumeTrue(path != null, "vcsim is missing: install Go 1.25 or later and run peers/vcsim/build");
        return path == null ? "" : path;
    }

    private static @Nullable String firstLine(Process process) throws IOException {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }

    /** {@code https://127.0.0.1:PORT/sdk}. */
    public URI sdk() {
        return sdk;
    }

    /** Pins the certificate that it shows. */
    public Trust trust() {
        try (SSLSocket socket =
                (SSLSocket) Trust.insecure().tls().getSocketFactory().createSocket(sdk.getHost(), sdk.getPort())) {
            socket.setSoTimeout(60_000);
            socket.startHandshake();
            return Trust.pinned(
                    Fingerprint.sha256((X509Certificate) socket.getSession().getPeerCertificates()[0]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
