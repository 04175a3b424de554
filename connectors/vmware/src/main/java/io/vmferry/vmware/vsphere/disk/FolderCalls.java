package io.vmferry.vmware.vsphere.disk;

import io.vmferry.vmware.vsphere.client.VimActions;
import io.vmferry.vmware.vsphere.http.Trust;
import java.net.URI;

/** What reading files asks of the server beside the files. Safe for many threads. */
public interface FolderCalls {
    /** {@code https://host:port} of the session's server. */
    URI base();

    Trust trust();

    /** Whether other hosts stand behind this server. */
    boolean vcenter();

    /** The session's cookie; where it no longer works, {@link #renew} gets another one. */
    String cookie();

    /** @param stale the cookie that was refused */
    void renew(String stale);

    /** A ticket for reading one address of an ESXi host. */
    VimActions.ServiceTicket ticket(URI address);

    /** What is allocated of a disk from an offset on. */
    VimActions.ChangedAreas allocated(DiskPlace place, long from);
}
