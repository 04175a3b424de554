package io.vmferry.vmware.vsphere.http;

import io.vmferry.spi.error.VmferryException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Digest of a whole certificate, as browsers and {@code openssl x509 -fingerprint} show it. vSphere's API hands out SHA-1
 * ({@code sslThumbprint}); people should pin SHA-256.
 *
 * @param algorithm {@code SHA-256} or {@code SHA-1}
 * @param hex lower-case digits without separators
 */
public record Fingerprint(String algorithm, String hex) {
    private static final int SHA_256 = 64;
    private static final int SHA_1 = 40;

    /** @param text hexadecimal digits in any case, with or without colons or spaces; the length tells the algorithm */
    public static Fingerprint parse(String text) {
        String hex = text.replaceAll("[:\\s]", "").toLowerCase(Locale.ROOT);
        if (!hex.matches("[0-9a-f]*") || (hex.length() != SHA_256 && hex.length() != SHA_1)) {
            throw new VmferryException(
                    ConnectionError.VSPHERE_TRUST_INVALID,
                    "certificate fingerprint of " + text.length() + " characters",
                    "it is neither 64 (SHA-256) nor 40 (SHA-1) hexadecimal digits",
                    "Copy it from: openssl s_client -connect HOST:443 </dev/null | openssl x509 -noout -fingerprint -sha256");
        }
        return new Fingerprint(hex.length() == SHA_256 ? "SHA-256" : "SHA-1", hex);
    }

    public static Fingerprint sha256(X509Certificate certificate) throws CertificateEncodingException {
        return of(certificate, "SHA-256");
    }

    /** Of the same certificate, by the algorithm of this one. */
    boolean matches(X509Certificate certificate) throws CertificateEncodingException {
        return equals(of(certificate, algorithm));
    }

    private static Fingerprint of(X509Certificate certificate, String algorithm) throws CertificateEncodingException {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(certificate.getEncoded());
            return new Fingerprint(algorithm, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    /** {@code SHA-256 AB:CD:…}. */
    @Override
    public String toString() {
        return algorithm + " "
                + HexFormat.ofDelimiter(":")
                        .withUpperCase()
                        .formatHex(HexFormat.of().parseHex(hex));
    }
}
