package io.vmferry.vmware.vsphere.client;

import com.vmware.vim25.DiskChangeExtent;
import com.vmware.vim25.DiskChangeInfo;
import com.vmware.vim25.EntityPrivilege;
import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.PrivilegeAvailability;
import com.vmware.vim25.SessionManagerGenericServiceTicket;
import com.vmware.vim25.SessionManagerHttpServiceRequestSpec;
import com.vmware.vim25.VirtualMachineConfigSpec;
import com.vmware.vim25.ws.VimStub;
import io.vmferry.vmware.vsphere.VsphereError;
import java.rmi.RemoteException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls that act, by yavijava's stubs. Those that return a task have only begun when they return; {@code action.Tasks}
 * waits. Safe for many threads.
 */
public final class VimActions {
    private final VimConnection connection;
    private final VimStub stub;

    VimActions(VimConnection connection) {
        this.connection = connection;
        this.stub = new VimStub(new YavijavaClient(connection));
    }

    /**
     * A part of a disk that was asked about.
     *
     * @param start first byte of it
     * @param length bytes that the answer speaks of; the next question starts behind them
     * @param changed within it, ascending; empty when nothing changed there
     */
    public record ChangedAreas(long start, long length, List<Area> changed) {
        /** Bytes {@code [start, start + length)}. */
        public record Area(long start, long length) {}
    }

    /**
     * A ticket for one request.
     *
     * @param id a secret
     * @param host where it holds; null: where the URL leads
     * @param sha1 fingerprint of that host's certificate; null where the server does not say
     */
    public record ServiceTicket(
            String id, @Nullable String host, @Nullable String sha1) {
        @Override
        public String toString() {
            return "ticket for " + host;
        }
    }

    private interface Call<T> {
        @Nullable
        T make() throws RemoteException;
    }

    public Moref powerOn(Moref vm) {
        return task(() -> stub.powerOnVM_Task(reference(vm), null));
    }

    public Moref powerOff(Moref vm) {
        return task(() -> stub.powerOffVM_Task(reference(vm)));
    }

    /** Asks the guest; there is no task to wait for. */
    public void shutdownGuest(Moref vm) {
        nothing(() -> {
            stub.shutdownGuest(reference(vm));
            return null;
        });
    }

    /** Without memory; {@code quiesce} asks the guest's tools to flush first. */
    public Moref createSnapshot(Moref vm, String name, String description, boolean quiesce) {
        return task(() -> stub.createSnapshot_Task(reference(vm), name, description, false, quiesce));
    }

    /** This one alone; its children stay. */
    public Moref removeSnapshot(Moref snapshot) {
        return task(() -> stub.removeSnapshot_Task(reference(snapshot), false, true));
    }

    public Moref setChangeTracking(Moref vm, boolean on) {
        VirtualMachineConfigSpec spec = new VirtualMachineConfigSpec();
        spec.setChangeTrackingEnabled(on);
        return task(() -> stub.reconfigVM_Task(reference(vm), spec));
    }

    /** Sends a device back as it came but for what was changed in it, so nothing that we do not know is lost. */
    public Moref editDevice(Moref vm, XmlNode device) {
        XmlNode answer = connection.call(
                "ReconfigVM_Task",
                vm,
                e -> e.group(
                        "spec",
                        s -> s.group(
                                "deviceChange", c -> c.text("operation", "edit").node(device.named("device")))));
        return present(answer.ref("returnval"));
    }

    /**
     * What changed on a disk.
     *
     * @param snapshot the state asked about; null the current one, for a VM that is off
     * @param deviceKey vSphere's key of the disk
     * @param from first byte asked about; less than the disk's capacity
     * @param since a change id, or {@code *} for everything that is allocated
     */
    public ChangedAreas changedAreas(Moref vm, @Nullable Moref snapshot, int deviceKey, long from, String since) {
        DiskChangeInfo info = present(ask(() -> stub.queryChangedDiskAreas(
                reference(vm), snapshot == null ? null : reference(snapshot), deviceKey, from, since)));
        List<ChangedAreas.Area> areas = new ArrayList<>();
        if (info.getChangedArea() != null) {
            for (DiskChangeExtent extent : info.getChangedArea()) {
                areas.add(new ChangedAreas.Area(extent.getStart(), extent.getLength()));
            }
        }
        return new ChangedAreas(info.getStartOffset(), info.getLength(), areas);
    }

    /** Privileges that this session lacks, by object; objects that lack none are left out. */
    public Map<Moref, List<String>> lacking(List<Moref> objects, List<String> privileges) {
        String session = connection.sessionKey();
        ManagedObjectReference[] entities =
                objects.stream().map(VimActions::reference).toArray(ManagedObjectReference[]::new);
        EntityPrivilege[] answers = ask(() -> stub.hasPrivilegeOnEntities(
                reference(connection.service("authorizationManager")),
                entities,
                session,
                privileges.toArray(String[]::new)));
        Map<Moref, List<String>> lacking = new LinkedHashMap<>();
        for (EntityPrivilege answer : answers == null ? new EntityPrivilege[0] : answers) {
            List<String> missing = new ArrayList<>();
            for (PrivilegeAvailability each : answer.getPrivAvailability()) {
                if (!each.isIsGranted()) {
                    missing.add(each.getPrivId());
                }
            }
            if (!missing.isEmpty()) {
                lacking.put(
                        new Moref(
                                answer.getEntity().getType(), answer.getEntity().getVal()),
                        missing);
            }
        }
        return lacking;
    }

    /** @param url that will be read with {@code GET} */
    public ServiceTicket serviceTicket(String url) {
        SessionManagerHttpServiceRequestSpec spec = new SessionManagerHttpServiceRequestSpec();
        spec.setMethod("httpGet");
        spec.setUrl(url);
        SessionManagerGenericServiceTicket ticket = present(
                ask(() -> stub.acquireGenericServiceTicket(reference(connection.service("sessionManager")), spec)));
        return new ServiceTicket(ticket.getId(), ticket.getHostName(), ticket.getSslThumbprint());
    }

    /** @return the lease; the VM stays locked until it is completed or aborted */
    public Moref exportVm(Moref vm) {
        return task(() -> stub.exportVm(reference(vm)));
    }

    /** @return the lease */
    public Moref exportSnapshot(Moref snapshot) {
        return task(() -> stub.exportSnapshot(reference(snapshot)));
    }

    /** Renews the lease; the same percentage again will do. */
    public void leaseProgress(Moref lease, int percent) {
        nothing(() -> {
            stub.httpNfcLeaseProgress(reference(lease), percent);
            return null;
        });
    }

    public void leaseComplete(Moref lease) {
        nothing(() -> {
            stub.httpNfcLeaseComplete(reference(lease));
            return null;
        });
    }

    public void leaseAbort(Moref lease) {
        nothing(() -> {
            stub.httpNfcLeaseAbort(reference(lease), null);
            return null;
        });
    }

    public void cancelTask(Moref task) {
        nothing(() -> {
            stub.cancelTask(reference(task));
            return null;
        });
    }

    private Moref task(Call<ManagedObjectReference> call) {
        ManagedObjectReference made = present(ask(call));
        return new Moref(made.getType(), made.getVal());
    }

    private void nothing(Call<Object> call) {
        ask(call);
    }

    private <T> @Nullable T ask(Call<T> call) {
        try {
            return call.make();
        } catch (RemoteException e) {
            throw new IllegalStateException("the client under the stubs throws none", e);
        }
    }

    private <T> T present(@Nullable T value) {
        if (value == null) {
            throw new io.vmferry.spi.error.VmferryException(
                    VsphereError.VSPHERE_ANSWER_CUT,
                    connection.server(),
                    "its answer lacks the value that was asked for",
                    "Run the same command again.");
        }
        return value;
    }

    private static ManagedObjectReference reference(Moref ref) {
        ManagedObjectReference reference = new ManagedObjectReference();
        reference.setType(ref.type());
        reference.setVal(ref.value());
        return reference;
    }
}
