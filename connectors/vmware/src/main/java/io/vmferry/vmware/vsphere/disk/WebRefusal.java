package io.vmferry.vmware.vsphere.disk;

import io.vmferry.spi.error.VmferryException;
import java.util.Locale;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/** What it means when a vSphere web server answers a request for bytes with something else. */
final class WebRefusal {
    private WebRefusal() {}

    static VmferryException of(WebFile file, HttpsURLConnection connection, int status, String cookie) {
        @Nullable String type = connection.getContentType();
        boolean page = type != null && type.toLowerCase(Locale.ROOT).contains("html");
        return switch (status) {
            case 200 ->
                file.wrong(
                        page
                                ? "it sends a web page instead of the file"
                                : "it sends the whole file although a range was asked for");
            case 401, 403 -> refused(file, status, cookie);
            case 404, 410 ->
                new VmferryException(
                        TransferError.DATASTORE_FILE_MISSING,
                        file.name(),
                        file.server() + " has no such file (HTTP " + status + ")",
                        "Look for it in the datastore browser; a snapshot, a consolidation or Storage vMotion may have"
                                + " moved it. Then plan again.");
            case 416 ->
                new VmferryException(
                        TransferError.DATASTORE_FILE_CHANGED,
                        file.name(),
                        "it has become shorter while it was read (HTTP 416)",
                        "Make sure that the VM stays off until its disks are copied; then begin this disk again.");
            // What vCenter says when it asks a host that does not own the file's lock.
            case 500 ->
                new VmferryException(
                        TransferError.DATASTORE_FILE_LOCKED,
                        file.name(),
                        file.server() + " cannot open it (HTTP 500), as is the case when a running VM holds it or when"
                                + " vCenter asks another host than the VM's",
                        "Switch the VM off or read it at a snapshot; if it is off, see which host holds the lock"
                                + " (vmkfstools -D), or use transfer: nfc.");
            case 408, 429, 502, 503, 504 ->
                new VmferryException(
                        TransferError.DATASTORE_BUSY,
                        file.name() + " from " + file.server(),
                        "the server is too busy or restarting (HTTP " + status + ")",
                        "Move fewer disks at the same time, then run the same command again.");
            default -> file.wrong("it answers with HTTP " + status + (page ? " and a web page" : ""));
        };
    }

    private static VmferryException refused(WebFile file, int status, String cookie) {
        if (file.access().refused(cookie)) {
            // Retried: with a new session or ticket the same question may be answered.
            return new VmferryException(
                    TransferError.DATASTORE_SESSION_OVER,
                    file.name() + " from " + file.server(),
                    "the session or ticket was over (HTTP " + status + ")",
                    "Run the same command again.");
        }
        return new VmferryException(
                TransferError.DATASTORE_FORBIDDEN,
                file.name(),
                file.server() + " does not let this user read it (HTTP " + status + ")",
                "Give the user Datastore.Browse, Datastore.FileManagement (low level file operations) and"
                        + " VirtualMachine.Provisioning.GetVmFiles on the VM's datastore and VM.");
    }
}
