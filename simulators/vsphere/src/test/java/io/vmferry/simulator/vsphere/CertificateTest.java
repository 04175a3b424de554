package io.vmferry.simulator.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.simulator.vsphere.http.Endpoint;
import io.vmferry.simulator.vsphere.world.World;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateTest {
    @Test
    void theAuthoritySignsOneCertificateForEachServer() throws Exception {
        World world = new World(1);
        try (VsphereSimulator simulator = VsphereSimulator.start(world)) {
            X509Certificate authority = read(simulator.caPem());
            assertThat(authority.getBasicConstraints()).isGreaterThanOrEqualTo(0);
            for (Endpoint endpoint :
                    List.of(simulator.vcenter(), simulator.esxi(world.hosts().get(1)))) {
                X509Certificate certificate = read(endpoint.certificatePem());
                certificate.verify(authority.getPublicKey());
                certificate.checkValidity();
                assertThat(certificate.getSubjectAlternativeNames().toString())
                        .contains(endpoint.name(), "localhost", "127.0.0.1");
                assertThat(endpoint.sha256()).isEqualTo(digest("SHA-256", certificate));
                assertThat(endpoint.sha1()).isEqualTo(digest("SHA-1", certificate));
            }
            assertThat(world.hosts().get(0).thumbprint)
                    .isEqualTo(simulator.esxi(world.hosts().get(0)).sha1())
                    .isNotEqualTo(simulator.esxi(world.hosts().get(1)).sha1());
        }
    }

    private static String digest(String algorithm, X509Certificate certificate) throws Exception {
        return HexFormat.ofDelimiter(":")
                .withUpperCase()
                .formatHex(MessageDigest.getInstance(algorithm).digest(certificate.getEncoded()));
    }

    private static X509Certificate read(String pem) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }
}
