package io.vmferry.vmware.vsphere.http;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Trusts what an authority has issued for the host that was called. */
final class IssuedCheck extends CertificateCheck {
    private final X509ExtendedTrustManager platform;
    private final String authorities;

    /**
     * @param store the authorities; null those of the Java platform
     * @param authorities their name for messages
     */
    IssuedCheck(@Nullable KeyStore store, String authorities) throws GeneralSecurityException {
        this.platform = platform(store);
        this.authorities = authorities;
    }

    private static X509ExtendedTrustManager platform(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager candidate : factory.getTrustManagers()) {
            if (candidate instanceof X509ExtendedTrustManager manager) {
                return manager;
            }
        }
        throw new GeneralSecurityException("this Java has no X.509 trust manager");
    }

    @Override
    void check(X509Certificate[] chain, String authType, @Nullable Object peer) throws CertificateException {
        try {
            if (peer instanceof SSLEngine engine) {
                platform.checkServerTrusted(chain, authType, engine);
            } else if (peer instanceof Socket socket) {
                platform.checkServerTrusted(chain, authType, socket);
            } else {
                platform.checkServerTrusted(chain, authType);
            }
        } catch (CertificateException e) {
            throw refused(chain[0], e);
        }
    }

    private UntrustedCertificate refused(X509Certificate certificate, CertificateException cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof CertificateExpiredException) {
                return new UntrustedCertificate(
                        certificate,
                        "its certificate expired on "
                                + certificate.getNotAfter().toInstant(),
                        true,
                        cause);
            }
            if (at instanceof CertificateNotYetValidException) {
                return new UntrustedCertificate(
                        certificate,
                        "its certificate is valid only from "
                                + certificate.getNotBefore().toInstant(),
                        true,
                        cause);
            }
        }
        boolean issued = cause.getCause() == null;
        return new UntrustedCertificate(
                certificate,
                issued
                        ? "its certificate is for another host name or address"
                        : "its certificate was not issued by " + authorities,
                false,
                cause);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return platform.getAcceptedIssuers();
    }
}
