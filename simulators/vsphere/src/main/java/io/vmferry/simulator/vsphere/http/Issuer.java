package io.vmferry.simulator.vsphere.http;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate authority made at start: issues certificates for the endpoints of one simulator. Safe for many threads. */
final class Issuer {
    private static final String ECDSA_SHA256 = "1.2.840.10045.4.3.2";
    private static final String COMMON_NAME = "2.5.4.3";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String ALTERNATIVE_NAMES = "2.5.29.17";

    private final SecureRandom random = new SecureRandom();
    private final String name;
    private final KeyPair key;
    private final X509Certificate certificate;

    Issuer(String name) {
        this.name = name;
        this.key = newKey();
        this.certificate = sign(name, key, List.of(), true);
    }

    /** A certificate with its key, issued for names and IP addresses. */
    Identity issue(String subject, List<String> names) {
        KeyPair pair = newKey();
        return new Identity(pair.getPrivate(), List.of(sign(subject, pair, names, false), certificate));
    }

    /** The authority's own certificate, for clients that trust by CA file. */
    String pem() {
        return Identity.pem(certificate);
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Fields of RFC 5280, section 4.1. */
    private X509Certificate sign(String subject, KeyPair pair, List<String> names, boolean authority) {
        byte[] algorithm = Der.sequence(Der.oid(ECDSA_SHA256));
        Instant now = Instant.now();
        byte[] body = Der.sequence(
                Der.tagged(0xa0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(120, random).add(BigInteger.ONE)),
                algorithm,
                commonName(name),
                Der.sequence(Der.time(now.minus(Duration.ofDays(1))), Der.time(now.plus(Duration.ofDays(365)))),
                commonName(subject),
                pair.getPublic().getEncoded(),
                Der.tagged(0xa3, Der.sequence(authority ? authorityExtension() : alternativeNames(names))));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key.getPrivate());
            signature.update(body);
            byte[] whole = Der.sequence(body, algorithm, Der.bits(signature.sign()));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] commonName(String text) {
        return Der.sequence(Der.set(Der.sequence(Der.oid(COMMON_NAME), Der.utf8(text))));
    }

    private static byte[] authorityExtension() {
        return Der.sequence(Der.oid(BASIC_CONSTRAINTS), Der.yes(), Der.octets(Der.sequence(Der.yes())));
    }

    private static byte[] alternativeNames(List<String> names) {
        List<byte[]> entries = new ArrayList<>();
        for (String each : names) {
            boolean address = each.indexOf(':') >= 0 || each.matches("[0-9.]+");
            entries.add(
                    address
                            ? Der.tagged(0x87, address(each))
                            : Der.tagged(0x82, each.getBytes(StandardCharsets.US_ASCII)));
        }
        return Der.sequence(Der.oid(ALTERNATIVE_NAMES), Der.octets(Der.sequence(entries.toArray(byte[][]::new))));
    }

    private static byte[] address(String text) {
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Lines of 64 characters, as every reader of PEM expects. */
    static String base64(byte[] der) {
        return Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    }
}
