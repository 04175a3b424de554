package io.vmferry.vmware.vsphere.disk;

import io.vmferry.vmware.vsphere.client.VimActions;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Reads one file of an ESXi host with tickets that the vCenter gives for it. How long and how often a ticket works is not
 * documented, so it is used until it is refused; one that is refused at its second use shows that each works only once.
 */
final class TicketAccess implements Access {
    private static final String NAME = "vmware_cgi_ticket=";

    private final FolderCalls calls;
    private final URI address;
    private @Nullable String ticket;
    private int uses;
    private boolean once;
    private int refusals;

    /** @param first ticket, got with the host's certificate before */
    TicketAccess(FolderCalls calls, URI address, VimActions.ServiceTicket first) {
        this.calls = calls;
        this.address = address;
        this.ticket = NAME + first.id();
    }

    @Override
    public synchronized String cookie() {
        String current = ticket;
        if (current == null || (once && uses > 0)) {
            current = NAME + calls.ticket(address).id();
            ticket = current;
            uses = 0;
        }
        uses++;
        return current;
    }

    /** A ticket that never worked is refused for good; twice, because the first refusal may have met a restart. */
    @Override
    public synchronized boolean refused(String cookie) {
        if (!cookie.equals(ticket)) {
            return true; // Another thread has a new one already.
        }
        if (uses > 1) {
            once |= uses == 2;
            refusals = 0;
        } else if (++refusals > 1) {
            return false;
        }
        ticket = null;
        return true;
    }
}
