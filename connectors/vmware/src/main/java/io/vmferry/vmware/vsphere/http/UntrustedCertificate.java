package io.vmferry.vmware.vsphere.http;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/** A certificate that was refused, with its fingerprint, so that the message can show what was seen. */
final class UntrustedCertificate extends CertificateException {
    private static final long serialVersionUID = 1L;

    private final transient X509Certificate certificate;
    private final boolean date;

    /** @param date refused because of the time only */
    UntrustedCertificate(X509Certificate certificate, String reason, boolean date, Throwable cause) {
        super(reason, cause);
        this.certificate = certificate;
        this.date = date;
    }

    UntrustedCertificate(X509Certificate certificate, String reason) {
        super(reason);
        this.certificate = certificate;
        this.date = false;
    }

    X509Certificate certificate() {
        return certificate;
    }

    boolean date() {
        return date;
    }
}
