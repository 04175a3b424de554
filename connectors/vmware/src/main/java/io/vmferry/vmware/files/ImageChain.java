package io.vmferry.vmware.files;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.vmware.files.disk.DiskFiles;
import io.vmferry.vmware.files.disk.VmdkHead;
import io.vmferry.vmware.files.pack.FolderFiles;
import io.vmferry.vmware.files.pack.PackageFile;
import io.vmferry.vmware.files.pack.PackageFiles;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A VMDK with everything it needs: its extents, its parents, their extents. Missing files are left to the converter, which
 * names the line that asks for them.
 *
 * @param head of the VMDK itself
 * @param files all that exist, the VMDK first
 * @param names of all files, existing or not
 */
record ImageChain(VmdkHead head, List<PackageFile> files, Set<String> names) {
    /** Files that one disk may consist of: 62 TiB in parts of 2 GiB. */
    private static final int MOST = 40_000;

    ImageChain {
        files = List.copyOf(files);
        names = Set.copyOf(names);
    }

    /** @param by who names it, for messages */
    static ImageChain of(FolderFiles folder, String name, String by) {
        PackageFile first = folder.find(name)
                .orElseThrow(() -> new VmferryException(
                        CommonError.FILE_NOT_FOUND,
                        "\"" + name + "\" named in " + by,
                        "it is not there",
                        "Copy all files of the VM into one folder."));
        return of(folder, first);
    }

    static ImageChain of(FolderFiles folder, PackageFile first) {
        VmdkHead head = VmdkHead.of(first);
        List<PackageFile> files = new ArrayList<>(List.of(first));
        Set<String> names = new LinkedHashSet<>(List.of(first.name()));
        Deque<VmdkHead> open = new ArrayDeque<>(List.of(head));
        while (!open.isEmpty()) {
            VmdkHead image = open.pop();
            for (String extent : image.extents()) {
                if (names.size() < MOST && names.add(extent)) {
                    find(folder, extent).ifPresent(files::add);
                }
            }
            String parent = image.parent();
            if (parent != null && !parent.isEmpty() && names.size() < MOST && names.add(parent)) {
                Optional<PackageFile> file = find(folder, parent);
                file.ifPresent(files::add);
                file.map(VmdkHead::of).ifPresent(open::push);
            }
        }
        return new ImageChain(head, files, names);
    }

    private static Optional<PackageFile> find(FolderFiles folder, String name) {
        try {
            return folder.find(name);
        } catch (VmferryException e) {
            if (e.code() == CommonError.NAME_NOT_CONFINED) {
                return Optional.empty(); // The converter refuses it, with the place in the descriptor.
            }
            throw e;
        }
    }

    /** Bytes of all files. */
    long bytes() {
        return files.stream().mapToLong(PackageFile::size).sum();
    }

    String format() {
        return ("vmdk " + head.createType()).strip();
    }

    DiskFiles content(PackageFiles folder) {
        return new DiskFiles(folder, List.of(files.get(0)), files.subList(1, files.size()), false, null);
    }
}
