package io.vmferry.vmware.vsphere.disk;

import io.vmferry.vmware.vsphere.client.VimActions;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads one file of an ESXi host with tickets that the vCenter gives for it. The API calls a ticket one-time, and nobody says
 * how long it keeps; so one is used until it is refused, and one that is refused soon after it worked shows that each works
 * only once. From then on each request gets its own.
 */
final class TicketAccess implements Access {
    private static final String NAME = "vmware_cgi_ticket=";
    private static final long YOUNG = TimeUnit.SECONDS.toNanos(30);
    /** All connections of a disk may be refused together when a host restarts. */
    private static final int MOST_REFUSALS = 2 * Lanes.MOST;

    private final FolderCalls calls;
    private final URI address;
    private @Nullable String ticket;
    private long born = System.nanoTime();
    private boolean worked;
    private boolean once;
    private int refusals;

    /** @param first ticket, got with the host's certificate before */
    TicketAccess(FolderCalls calls, URI address, VimActions.ServiceTicket first) {
        this.calls = calls;
        this.address = address;
        this.ticket = NAME + first.id();
    }

    @Override
    public String cookie() {
        synchronized (this) {
            String current = ticket;
            if (current != null) {
                return current;
            }
        }
        String fresh = NAME + calls.ticket(address).id();
        synchronized (this) {
            if (!once) {
                ticket = fresh;
                born = System.nanoTime();
            }
        }
        return fresh;
    }

    @Override
    public synchronized void accepted(String cookie) {
        worked = true;
        refusals = 0;
    }

    /** A file whose tickets never worked is refused for good; twice, because the first refusal may have met a restart. */
    @Override
    public synchronized boolean refused(String cookie) {
        if (cookie.equals(ticket)) {
            once |= worked && System.nanoTime() - born < YOUNG;
            ticket = null;
        }
        return ++refusals <= (worked ? MOST_REFUSALS : 1);
    }
}
