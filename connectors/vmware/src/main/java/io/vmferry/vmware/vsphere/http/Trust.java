package io.vmferry.vmware.vsphere.http;

import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.error.VmferryException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom a connection trusts. Holds for the connections that are made with it and for nothing else in this JVM; safe for many
 * threads. Without anything said, certificates are verified against the Java platform's authorities.
 *
 * @param words for the report: {@code certificate pinned by SHA-256 AB:…}
 * @param manager decides on certificates
 * @param verified false when anybody in between could read along and answer
 */
public record Trust(String words, X509ExtendedTrustManager manager, boolean verified) {

    /** The authorities that come with Java. */
    public static Trust platform() {
        try {
            String words = "authorities of the Java platform";
            return new Trust(words, new IssuedCheck(null, "any of the " + words), true);
        } catch (GeneralSecurityException e) {
            throw invalid("the Java platform's certificates", "they cannot be read", e);
        }
    }

    /** @param file PEM with one or more certificates: authorities, or the server's own self-signed one */
    public static Trust caFile(Path file) {
        Collection<? extends Certificate> certificates;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
        } catch (IOException e) {
            throw IoFailure.reading(file.toString(), e);
        } catch (CertificateException e) {
            throw invalid(file.toString(), "it holds no certificates in PEM", e);
        }
        if (certificates.isEmpty()) {
            throw invalid(file.toString(), "it holds no certificates", null);
        }
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate : certificates) {
                store.setCertificateEntry(Integer.toString(store.size()), certificate);
            }
            String name = file.getFileName().toString();
            return new Trust("authorities in " + name, new IssuedCheck(store, "an authority in " + name), true);
        } catch (IOException | GeneralSecurityException e) {
            throw invalid(file.toString(), "its certificates cannot be used", e);
        }
    }

    /** Exactly the server with this certificate, whatever name or address it is called by. */
    public static Trust pinned(Fingerprint fingerprint) {
        return new Trust(
                "certificate pinned by " + fingerprint,
                new CertificateCheck() {
                    @Override
                    void check(X509Certificate[] chain, String authType, @Nullable Object peer)
                            throws CertificateException {
                        if (!fingerprint.matches(chain[0])) {
                            throw new UntrustedCertificate(
                                    chain[0], "its certificate is not the pinned one, " + fingerprint);
                        }
                    }
                },
                true);
    }

    /** Anybody who answers. Only where the user asks for it in so many words. */
    public static Trust insecure() {
        return new Trust(
                "insecure",
                new CertificateCheck() {
                    @Override
                    void check(X509Certificate[] chain, String authType, @Nullable Object peer) {
                        // Whoever asks for this has asked for anybody.
                    }
                },
                false);
    }

    /** A new context, so that not even TLS sessions are shared between two connections' trusts. */
    public SSLContext tls() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    private static VmferryException invalid(String subject, String reason, @Nullable Exception cause) {
        return new VmferryException(
                ConnectionError.VSPHERE_TRUST_INVALID,
                subject,
                reason,
                "Name a PEM file with the certificate of the authority, or pin the server's SHA-256 fingerprint.",
                cause);
    }
}
