package io.vmferry.vmware.vsphere.disk;

import io.vmferry.vmware.vsphere.client.VimActions;
import io.vmferry.vmware.vsphere.http.Fingerprint;
import io.vmferry.vmware.vsphere.http.Trust;
import java.net.URI;
import java.util.function.Function;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * By which server, and how, the files of a disk are read.
 *
 * @param words for the plan: {@code straight from esx1}
 * @param datacenter for the address; null where the server wants none
 */
record FolderRoute(
        String words,
        URI server,
        @Nullable String datacenter,
        SSLSocketFactory tls,
        Function<URI, Access> access,
        Patience patience) {
    private static final int HTTPS = 443;

    /** By the server that the session is with. */
    static FolderRoute session(FolderCalls calls, SSLSocketFactory tls, DiskPlace place, Patience patience) {
        Access access = new SessionAccess(calls);
        String words =
                calls.vcenter() ? "through the vCenter" : "from " + calls.base().getHost();
        return new FolderRoute(words, calls.base(), place.datastore().datacenter(), tls, address -> access, patience);
    }

    /**
     * Straight from the host, with tickets. The vCenter vouches for the host's certificate; where it does not name one, the
     * host must be trusted like the vCenter.
     */
    static FolderRoute host(FolderCalls calls, DiskPlace.Host host, DatastorePath first, Patience patience) {
        String address = host.address().contains(":") ? "[" + host.address() + "]" : host.address();
        URI server = URI.create("https://" + address + (host.port() == HTTPS ? "" : ":" + host.port()));
        VimActions.ServiceTicket ticket = calls.ticket(first.on(server, null));
        String sha1 = ticket.sha1() != null ? ticket.sha1() : host.sha1();
        Trust trust = sha1 == null || sha1.isBlank() ? calls.trust() : Trust.pinned(Fingerprint.parse(sha1));
        return new FolderRoute(
                "straight from " + host.name(),
                server,
                null,
                trust.tls().getSocketFactory(),
                file -> new TicketAccess(
                        calls, file, file.equals(first.on(server, null)) ? ticket : calls.ticket(file)),
                patience.forATrial());
    }

    WebFile file(DatastorePath path) {
        URI address = path.on(server, datacenter);
        return new WebFile(path.toString(), address, tls, access.apply(address), patience);
    }
}
