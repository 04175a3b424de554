package io.vmferry.vmware.files;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Notice;
import io.vmferry.spi.model.Snapshot;
import io.vmferry.spi.source.DiskContent;
import io.vmferry.vmware.files.disk.DiskFiles;
import io.vmferry.vmware.files.pack.FolderFiles;
import io.vmferry.vmware.files.pack.PackageFile;
import io.vmferry.vmware.files.pack.Stamp;
import io.vmferry.vmware.files.pack.WholeFile;
import io.vmferry.vmware.files.vmx.VmxFile;
import io.vmferry.vmware.files.vmx.VmxSnapshots;
import io.vmferry.vmware.files.vmx.VmxVm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A VM as ESXi, Workstation or Fusion keep it: a VMX with its VMDKs in one folder. */
record VmxPackage(Where where, Path file) implements VmPackage {
    @Override
    public Contents read() {
        Path folder = file.toAbsolutePath().getParent();
        FolderFiles files =
                new FolderFiles(folder == null ? file.toAbsolutePath().getRoot() : folder);
        PackageFile configuration = FolderFiles.of(file.getFileName().toString(), file);
        VmxFile vmx = parse(configuration);
        Map<String, Supplier<DiskContent>> openers = new LinkedHashMap<>();
        Set<String> claims = new LinkedHashSet<>();
        List<Stamp> stamps = new ArrayList<>();
        stamps.add(configuration.stamp());
        VmxVm vm = new VmxVm(vmx, where.vm(vmx.text("displayName")), name -> {
            ImageChain chain = ImageChain.of(files, name, vmx.file());
            claims.addAll(chain.names());
            chain.files().forEach(f -> stamps.add(f.stamp()));
            DiskFiles content = chain.content(files);
            openers.put(where.beside(name), content::open);
            return new VmxVm.Located(
                    where.beside(name),
                    chain.head().capacityBytes(),
                    chain.bytes(),
                    chain.format(),
                    chain.head().delta());
        });
        List<Notice> notices = new ArrayList<>();
        if (Files.exists(file.resolveSibling(file.getFileName() + ".lck"))) {
            notices.add(
                    where.notice("files.vmx.in-use", "a lock lies beside the configuration: the VM may be running"));
        }
        FoundVm found = new FoundVm(vm.vm(where.placement(), snapshots(files), notices), openers);
        return new Contents(List.of(found), stamps, claims);
    }

    private List<Snapshot> snapshots(FolderFiles files) {
        Optional<PackageFile> list = files.find(where.name() + ".vmsd");
        return list.map(f -> VmxSnapshots.of(parse(f))).orElse(List.of());
    }

    private static VmxFile parse(PackageFile file) {
        byte[] bytes = WholeFile.bytes(
                file,
                VmxFile.MAX_BYTES,
                () -> new VmferryException(
                        FilesError.VMX_MALFORMED,
                        file.path(),
                        "it has " + file.size() + " bytes, more than any real one",
                        "Check that the right file was copied."));
        return VmxFile.parse(file.path(), bytes);
    }
}
