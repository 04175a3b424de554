package io.vmferry.vmware.vsphere.client;

import java.net.http.HttpHeaders;
import java.util.Optional;

/** The cookie that stands for a session. A secret: it never gets into messages. */
final class SessionCookie {
    private static final String NAME = "vmware_soap_session=";

    private SessionCookie() {}

    /** {@code name=value} alone: attributes that are sent back confuse servers. */
    static Optional<String> from(HttpHeaders headers) {
        return headers.allValues("Set-Cookie").stream()
                .filter(c -> c.regionMatches(true, 0, NAME, 0, NAME.length()))
                .map(c -> c.split(";", 2)[0].strip())
                .findFirst();
    }
}
