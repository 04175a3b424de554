package io.vmferry.vmware.vsphere.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vmferry.vmware.vsphere.peer.Vcsim;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The trust modes against TLS that is not Java's. */
class VcsimTrustTest {
    @Test
    void goSpeaksTlsWithUs() throws Exception {
        try (Vcsim vcsim = Vcsim.start("-vms", "1")) {
            assertThat(get(vcsim, vcsim.trust())).contains("urn:vim25");
            assertThat(get(vcsim, Trust.insecure())).contains("urn:vim25");

            IOException refused = catchThrowableOfType(IOException.class, () -> get(vcsim, Trust.platform()));
            assertThat(ConnectionFailure.of("vcsim", "asking", refused).code())
                    .isEqualTo(ConnectionError.VSPHERE_CERTIFICATE_UNTRUSTED);
        }
    }

    private static String get(Vcsim vcsim, Trust trust) throws IOException, InterruptedException {
        URI versions = vcsim.sdk().resolve("/sdk/vimServiceVersions.xml");
        return HttpClients.create(trust)
                .send(HttpRequest.newBuilder(versions).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
