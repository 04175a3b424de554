package io.vmferry.vmware.vsphere.disk;

import io.vmferry.vmware.vsphere.client.ManagedObject;
import io.vmferry.vmware.vsphere.client.Moref;
import io.vmferry.vmware.vsphere.client.VimActions;
import io.vmferry.vmware.vsphere.client.VimConnection;
import io.vmferry.vmware.vsphere.client.VimFault;
import io.vmferry.vmware.vsphere.client.XmlNode;
import io.vmferry.vmware.vsphere.http.Trust;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** The calls that reading disks needs, over a session. */
record VimDiskCalls(VimConnection connection, Trust trust) implements FolderCalls, LeaseCalls {
    private static final List<String> LEASE = List.of("state", "error", "info");
    /** Change id that stands for the empty disk. */
    private static final String ALLOCATED = "*";

    @Override
    public URI base() {
        return connection.base();
    }

    @Override
    public boolean vcenter() {
        return connection.facts().vcenter();
    }

    @Override
    public String cookie() {
        return connection.cookie();
    }

    @Override
    public void renew(String stale) {
        connection.renew(stale);
    }

    @Override
    public VimActions.ServiceTicket ticket(URI address) {
        return connection.actions().serviceTicket(address.toString());
    }

    @Override
    public VimActions.ChangedAreas allocated(DiskPlace place, long from) {
        return connection.actions().changedAreas(place.vm(), place.snapshot(), place.deviceKey(), from, ALLOCATED);
    }

    @Override
    public Moref export(DiskPlace place) {
        Moref snapshot = place.snapshot();
        try {
            return snapshot == null
                    ? connection.actions().exportVm(place.vm())
                    : connection.actions().exportSnapshot(snapshot);
        } catch (VimFault fault) {
            throw fault.about(place.subject());
        }
    }

    @Override
    public State state(Moref lease) {
        ManagedObject read = connection.properties().read(lease, LEASE);
        XmlNode properties = read.properties();
        String phase = properties.text("state", read.missing().getOrDefault("state", "unknown"));
        XmlNode fault = properties.at("error.fault");
        String error = properties.text("error.localizedMessage", fault == null ? "" : fault.type());
        Integer seconds = properties.integer("info.leaseTimeout");
        List<Offer> offers = properties.each("info.deviceUrl").stream()
                .map(url -> new Offer(
                        url.text("key", ""),
                        url.text("url", ""),
                        url.text("sslThumbprint"),
                        !Objects.equals(url.flag("disk"), false)))
                .toList();
        return new State(phase, error, Duration.ofSeconds(seconds == null ? 0 : Math.max(0, seconds)), offers);
    }

    @Override
    public void progress(Moref lease, int percent) {
        connection.actions().leaseProgress(lease, percent);
    }

    @Override
    public void complete(Moref lease) {
        connection.actions().leaseComplete(lease);
    }

    @Override
    public void abort(Moref lease) {
        connection.actions().leaseAbort(lease);
    }
}
