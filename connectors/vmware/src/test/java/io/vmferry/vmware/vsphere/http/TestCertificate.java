package io.vmferry.vmware.vsphere.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Self-signed certificates of test servers, made by the JDK's keytool once per run of the tests. */
public final class TestCertificate {
    private static final String PASSWORD = "test-only";
    private static final Map<List<String>, TestCertificate> MADE = new ConcurrentHashMap<>();

    private final KeyStore keys;

    private TestCertificate(KeyStore keys) {
        this.keys = keys;
    }

    /** Names localhost and 127.0.0.1. */
    public static TestCertificate local() {
        return of("local", "-ext", "san=dns:localhost,ip:127.0.0.1");
    }

    /** Of another server that also calls itself localhost. */
    public static TestCertificate other() {
        return of("other", "-ext", "san=dns:localhost,ip:127.0.0.1");
    }

    /** Names some other host. */
    public static TestCertificate elsewhere() {
        return of("elsewhere", "-ext", "san=dns:vcenter.example.com");
    }

    /** Issued by {@link #authorityPem} for a time that is over. */
    public static TestCertificate expired() {
        return of(
                "expired", "-signer", "authority", "-startdate", "-10d", "-ext", "san=ip:127.0.0.1", "-validity", "1");
    }

    private static TestCertificate of(String name, String... options) {
        List<String> key = new ArrayList<>(List.of(options));
        key.add(0, name);
        return MADE.computeIfAbsent(List.copyOf(key), k -> make(k.get(0), k.subList(1, k.size())));
    }

    private static TestCertificate make(String name, List<String> options) {
        try {
            Path folder = Files.createTempDirectory("vmferry-test-certificate");
            Path file = folder.resolve("keys.p12");
            if (options.contains("-signer")) {
                keytool(file, List.of("-alias", "authority", "-dname", "CN=authority", "-ext", "bc:c"));
            }
            List<String> all = new ArrayList<>(List.of("-alias", "server", "-dname", "CN=" + name));
            all.addAll(options);
            keytool(file, all);
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                keys.load(in, PASSWORD.toCharArray());
            }
            Files.delete(file);
            Files.delete(folder);
            return new TestCertificate(keys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(Path file, List<String> options) throws IOException, InterruptedException {
        String program =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command =
                new ArrayList<>(List.of(program, "-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1"));
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD));
        command.addAll(options);
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IllegalStateException("keytool failed: " + said);
        }
    }

    public X509Certificate certificate() {
        return certificate("server");
    }

    private X509Certificate certificate(String alias) {
        try {
            return (X509Certificate) keys.getCertificate(alias);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String pem() {
        return pem(certificate());
    }

    public String authorityPem() {
        return pem(certificate("authority"));
    }

    private static String pem(X509Certificate certificate) {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For a server. */
    public SSLContext tls() {
        try {
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
