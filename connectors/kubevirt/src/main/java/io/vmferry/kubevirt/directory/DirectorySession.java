package io.vmferry.kubevirt.directory;

import io.vmferry.kubevirt.TargetError;
import io.vmferry.kubevirt.TargetFinding;
import io.vmferry.kubevirt.check.VmPreflight;
import io.vmferry.kubevirt.network.NetworkDrivers;
import io.vmferry.kubevirt.vm.VmManifests;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.file.FileSource;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.Severity;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.DiskSink;
import io.vmferry.spi.target.ObjectRef;
import io.vmferry.spi.target.PreparedDisk;
import io.vmferry.spi.target.TargetFacts;
import io.vmferry.spi.target.TargetObject;
import io.vmferry.spi.target.TargetSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A directory target in use. Holds nothing open itself; its sinks do. */
final class DirectorySession implements TargetSession {
    private final String migration;
    private final Path root;
    private final TargetFacts facts;
    private final VmManifests manifests;
    private final VmPreflight preflight;
    private final OwnedFiles owned;

    DirectorySession(String migration, DirectorySettings settings) {
        NetworkDrivers drivers = NetworkDrivers.standard();
        this.migration = migration;
        this.root = settings.path();
        this.facts = new TargetFacts(
                DirectoryTarget.TYPE,
                root.toString(),
                settings.versions().kubevirt().toString(),
                settings.versions().cdi().toString(),
                settings.versions().features(),
                drivers.types(),
                settings.architectures(),
                List.of());
        this.manifests = new VmManifests(migration, facts, drivers);
        this.preflight = new VmPreflight(facts, drivers);
        this.owned = new OwnedFiles(root, migration);
    }

    @Override
    public TargetFacts facts() {
        return facts;
    }

    @Override
    public List<TargetObject> manifests(VmPlan vm) {
        return manifests.of(vm);
    }

    @Override
    public List<Finding> preflight(VmPlan vm) {
        List<Finding> findings = new ArrayList<>(preflight.check(vm));
        try {
            VmFolder folder = VmFolder.of(root, vm);
            VmferryException obstacle = folder.obstacle(FolderMarker.of(migration, vm));
            if (obstacle != null) {
                throw obstacle;
            }
            for (DiskPlan disk : vm.disks()) {
                DiskFiles.of(folder, vm, disk).look(disk);
            }
            new FreeSpace(folder).shortage(vm).ifPresent(findings::add);
        } catch (VmferryException e) {
            if (e.code() != TargetError.TARGET_NAME_INVALID && e.code() != TargetError.TARGET_FORMAT_UNSUPPORTED) {
                findings.add(TargetFinding.PLACE_TAKEN.on(
                        vm.vm().name(), e.subject() + ": " + e.reason() + ".", e.remedy()));
            }
        }
        return findings;
    }

    @Override
    public PreparedDisk prepareDisk(VmPlan vm, DiskPlan disk) {
        return claimed(vm, disk).look(disk);
    }

    @Override
    public DiskSink openSink(VmPlan vm, DiskPlan disk) {
        return DirectorySink.open(claimed(vm, disk), disk);
    }

    @Override
    public Optional<ByteSource> readBack(VmPlan vm, DiskPlan disk) {
        DiskFiles files = DiskFiles.of(VmFolder.of(root, vm), vm, disk);
        return files.finished(files.storedEvidence()).map(FileSource::open);
    }

    private DiskFiles claimed(VmPlan vm, DiskPlan disk) {
        VmFolder folder = VmFolder.of(root, vm);
        DiskFiles files = DiskFiles.of(folder, vm, disk);
        folder.claim(FolderMarker.of(migration, vm));
        return files;
    }

    @Override
    public List<ObjectRef> createVm(VmPlan vm) {
        refuseBlocked(vm);
        VmFolder folder = VmFolder.of(root, vm);
        folder.claim(FolderMarker.of(migration, vm));
        Map<DiskPlan, StoredEvidence> disks = new LinkedHashMap<>();
        for (DiskPlan disk : vm.disks()) {
            disks.put(disk, finished(folder, vm, disk));
        }
        Map<String, String> files = VmDocuments.of(vm, manifests.of(vm), disks);
        new ManifestFiles(folder).write(files);
        return files.keySet().stream().map(name -> owned.ref(folder, name)).toList();
    }

    /** What the target would refuse is in the plan already; this holds when somebody goes on in spite of it. */
    private void refuseBlocked(VmPlan vm) {
        for (Finding finding : preflight.check(vm)) {
            if (finding.severity() == Severity.BLOCKER) {
                throw new VmferryException(
                        TargetError.TARGET_REFUSES_VM,
                        finding.subject(),
                        finding.code() + ": " + finding.message(),
                        finding.remedy());
            }
        }
    }

    private static StoredEvidence finished(VmFolder folder, VmPlan vm, DiskPlan disk) {
        DiskFiles files = DiskFiles.of(folder, vm, disk);
        Optional<StoredEvidence> evidence = files.storedEvidence();
        if (files.look(disk).state() != PreparedDisk.State.FINISHED || evidence.isEmpty()) {
            throw new VmferryException(
                    TargetError.TARGET_DISK_UNFINISHED,
                    files.last().toString(),
                    "the VM cannot be created before this disk is finished",
                    "Run the migration again; it goes on with the disk.");
        }
        return evidence.get();
    }

    @Override
    public List<ObjectRef> ours(Optional<String> vmKey) {
        return owned.list(vmKey);
    }

    @Override
    public void delete(ObjectRef object) {
        owned.delete(object);
    }

    @Override
    public void close() {
        // Nothing is held between calls.
    }
}
