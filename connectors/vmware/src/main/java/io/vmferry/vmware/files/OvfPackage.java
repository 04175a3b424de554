package io.vmferry.vmware.files;

import io.vmferry.vmware.files.pack.FolderFiles;
import io.vmferry.vmware.files.pack.PackageFile;
import java.nio.file.Path;
import java.util.List;

/** An OVF package as plain files in a folder. */
record OvfPackage(Where where, Path file) implements VmPackage {
    @Override
    public Contents read() {
        Path folder = file.toAbsolutePath().getParent();
        FolderFiles files =
                new FolderFiles(folder == null ? file.toAbsolutePath().getRoot() : folder);
        PackageFile descriptor = FolderFiles.of(file.getFileName().toString(), file);
        OvfContents contents = new OvfContents(where, files, descriptor, where::beside);
        List<FoundVm> vms = contents.vms(List.of(), "");
        return new Contents(vms, contents.stamps().stream().distinct().toList(), contents.known());
    }
}
