package io.vmferry.vmware.files;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.source.DiskContent;
import io.vmferry.spi.source.ReadPoint;
import io.vmferry.spi.source.SourceInfo;
import io.vmferry.spi.source.SourceSession;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The packages that a search found. Files are opened for as long as they are read, never longer. */
final class FilesSession implements SourceSession {
    private final String name;
    private final List<CachedPackage> packages;
    private volatile boolean closed;

    FilesSession(String name, Collection<VmPackage> found) {
        this.name = name;
        this.packages = found.stream().map(CachedPackage::new).toList();
    }

    @Override
    public SourceInfo info() {
        return new SourceInfo("VM files", "", "", "local files");
    }

    /** A broken package is listed under its file's name; {@link #describe} tells what is wrong with it. */
    @Override
    public Stream<VmRef> list() {
        checkOpen();
        return packages.stream().flatMap(p -> {
            checkOpen();
            return refs(p);
        });
    }

    private static Stream<VmRef> refs(CachedPackage vmPackage) {
        try {
            return vmPackage.contents().vms().stream().map(v -> v.vm().ref());
        } catch (VmferryException e) {
            return Stream.of(vmPackage.where().vm(""));
        }
    }

    @Override
    public Vm describe(VmRef ref) {
        checkOpen();
        return find(ref).vm();
    }

    @Override
    public DiskContent openDisk(Vm vm, Disk disk, ReadPoint point) {
        checkOpen();
        if (point.snapshot() != null) {
            throw new VmferryException(
                    FilesError.DISK_UNKNOWN,
                    vm.name() + " / " + disk.label(),
                    "files can be read in their current state only, not at a snapshot",
                    "Migrate the VM without a snapshot.");
        }
        Supplier<DiskContent> opener = find(vm.ref()).disks().get(disk.key());
        if (opener == null) {
            throw new VmferryException(
                    FilesError.DISK_UNKNOWN,
                    vm.name() + " / " + disk.label(),
                    "the VM no longer has the disk \"" + disk.key() + "\"",
                    "Plan again; the files have changed.");
        }
        return opener.get();
    }

    private FoundVm find(VmRef ref) {
        if (ref.source().equals(name)) {
            for (CachedPackage candidate : packages) {
                String key = candidate.where().key();
                if (ref.key().equals(key) || ref.key().startsWith(key + "#")) {
                    for (FoundVm vm : candidate.contents().vms()) {
                        if (vm.vm().ref().key().equals(ref.key())) {
                            return vm;
                        }
                    }
                }
            }
        }
        throw new VmferryException(
                FilesError.VM_UNKNOWN,
                ref.name() + " (" + ref.key() + ")",
                "source \"" + name + "\" has no such VM",
                "Look at the inventory; the file may have been moved, or the path left out.");
    }

    private void checkOpen() {
        if (closed) {
            throw new VmferryException(
                    FilesError.SOURCE_CLOSED,
                    "source \"" + name + "\"",
                    "it was closed before",
                    "Report this as a defect.");
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
