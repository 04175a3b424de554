package io.vmferry.vmware.vsphere;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.source.Described;
import io.vmferry.spi.source.DiskContent;
import io.vmferry.spi.source.ReadPoint;
import io.vmferry.spi.source.SourceInfo;
import io.vmferry.spi.source.SourceSession;
import io.vmferry.vmware.vsphere.client.ServerFacts;
import io.vmferry.vmware.vsphere.client.VimConnection;
import io.vmferry.vmware.vsphere.inventory.VmReader;
import java.util.List;
import java.util.stream.Stream;

/** An open vCenter or ESXi host. */
final class VsphereSession implements SourceSession {
    private final String name;
    private final VsphereSettings settings;
    private final VimConnection connection;
    private final VmReader vms;
    private volatile boolean closed;

    VsphereSession(String name, VsphereSettings settings, VimConnection connection) {
        this.name = name;
        this.settings = settings;
        this.connection = connection;
        this.vms = new VmReader(connection, name, settings.filter());
    }

    @Override
    public SourceInfo info() {
        ServerFacts facts = connection.facts();
        return new SourceInfo(
                facts.product(),
                facts.version(),
                facts.instanceUuid(),
                settings.trust().words());
    }

    @Override
    public Stream<VmRef> list() {
        checkOpen();
        return vms.list();
    }

    @Override
    public Vm describe(VmRef vm) {
        checkOpen();
        return vms.describe(vm);
    }

    @Override
    public Stream<Described> describeAll(List<VmRef> wanted) {
        checkOpen();
        return vms.describe(wanted);
    }

    @Override
    public DiskContent openDisk(Vm vm, Disk disk, ReadPoint point) {
        checkOpen();
        throw new VmferryException(
                VsphereError.VSPHERE_NOT_SUPPORTED,
                vm.name() + " / " + disk.label(),
                "this version of vmferry reads the inventory of vSphere, and no disks yet",
                "Export the VM as OVA and use a source of type files.");
    }

    private void checkOpen() {
        if (closed) {
            throw new VmferryException(
                    VsphereError.VSPHERE_CLOSED,
                    "source \"" + name + "\"",
                    "it was closed before",
                    "Report this as a defect.");
        }
    }

    @Override
    public void close() {
        closed = true;
        connection.close();
    }
}
