package io.vmferry.vmware.vsphere.action;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.vmware.vsphere.VsphereError;
import io.vmferry.vmware.vsphere.client.Faults;
import io.vmferry.vmware.vsphere.client.Moref;
import io.vmferry.vmware.vsphere.client.VimConnection;
import io.vmferry.vmware.vsphere.client.XmlNode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Waits for tasks of the server. Safe for many threads. */
final class Tasks {
    private static final List<String> INFO = List.of("info.state", "info.error", "info.result");
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2000;

    private final VimConnection connection;

    Tasks(VimConnection connection) {
        this.connection = connection;
    }

    /**
     * Waits until a task has ended well; gives what it made.
     *
     * @param vm for the question that a VM may be waiting with
     * @param subject for messages
     * @param doing as in {@code switching it on}
     * @throws VmferryException when it fails, or does not end in time; then it is cancelled as far as the server lets us
     */
    @Nullable
    Moref await(Moref task, Moref vm, String subject, String doing, Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            XmlNode info = connection.properties().read(task, INFO).properties();
            String state = info.text("info.state", "");
            if (state.equals("success")) {
                return info.ref("info.result");
            }
            XmlNode error = info.at("info.error");
            if (state.equals("error")) {
                throw Faults.inside(error == null ? info : error, subject);
            }
            if (System.nanoTime() - end > 0) {
                throw late(task, vm, subject, doing, deadline);
            }
            pause(pause, subject);
            pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
        }
    }

    private VmferryException late(Moref task, Moref vm, String subject, String doing, Duration deadline) {
        String question = null;
        try {
            question = connection
                    .properties()
                    .read(vm, List.of("runtime.question"))
                    .properties()
                    .text("runtime.question.text");
            connection.actions().cancelTask(task);
        } catch (VmferryException e) {
            // Many tasks cannot be cancelled; that it is late is what has to be told.
        }
        return new VmferryException(
                VsphereError.VSPHERE_TASK_TIMEOUT,
                subject,
                doing + " did not end within " + deadline.toSeconds() + " s"
                        + (question == null ? "" : "; the VM waits for an answer: " + question),
                question == null
                        ? "Look at the VM's tasks in the vSphere client, then run the same command again."
                        : "Answer the question in the vSphere client, then run the same command again.");
    }

    private static void pause(long millis, String subject) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VmferryException(
                    CommonError.CANCELLED, subject, "somebody asked to stop", "Run the same command again.", e);
        }
    }
}
