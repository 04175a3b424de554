package io.vmferry.vmware.files;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Notice;
import io.vmferry.spi.source.DiskContent;
import io.vmferry.vmware.files.disk.DiskFiles;
import io.vmferry.vmware.files.manifest.Manifest;
import io.vmferry.vmware.files.ovf.DiskLocator;
import io.vmferry.vmware.files.ovf.OvfDocument;
import io.vmferry.vmware.files.ovf.OvfDocument.DiskRef;
import io.vmferry.vmware.files.ovf.OvfDocument.FileRef;
import io.vmferry.vmware.files.pack.PackageFile;
import io.vmferry.vmware.files.pack.PackageFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The disks of one VM of an OVF package: finds their files and remembers how to open them. One use. */
final class OvfDisks implements DiskLocator {
    private final OvfDocument document;
    private final PackageFiles files;
    private final @Nullable Manifest manifest;
    private final Function<String, String> keys;
    private final Map<String, Supplier<DiskContent>> openers = new LinkedHashMap<>();
    private final Set<PackageFile> used = new LinkedHashSet<>();
    private final List<Notice> notices = new ArrayList<>();

    /** @param keys turns the name of a file in the package into the key of the disk in it */
    OvfDisks(OvfDocument document, PackageFiles files, @Nullable Manifest manifest, Function<String, String> keys) {
        this.document = document;
        this.files = files;
        this.manifest = manifest;
        this.keys = keys;
    }

    Map<String, Supplier<DiskContent>> openers() {
        return openers;
    }

    Set<PackageFile> used() {
        return used;
    }

    List<Notice> notices() {
        return notices;
    }

    @Override
    public Located locate(DiskRef disk, int times) {
        if (disk.parentRef() != null) {
            throw refused(
                    disk.line(),
                    "disk \"" + disk.id() + "\" is a delta on disk \"" + disk.parentRef() + "\"",
                    "Export the VM without delta disks.");
        }
        String suffix = times == 0 ? "" : "#" + (times + 1);
        String fileId = disk.fileRef();
        if (fileId == null) {
            String key = keys.apply(disk.id()) + suffix;
            openers.put(key, () -> DiskFiles.blank(disk.capacityBytes()));
            return new Located(key, null, "blank");
        }
        FileRef file = document.files().get(fileId);
        if (file == null) {
            throw new VmferryException(
                    FilesError.OVF_INVALID,
                    document.file() + " line " + disk.line(),
                    "disk \"" + disk.id() + "\" refers to the file \"" + fileId
                            + "\", which is not in the list of files",
                    "Correct the descriptor, or export the VM again.");
        }
        boolean gzip = file.compression().equals("gzip");
        if (!gzip && !file.compression().isEmpty()) {
            throw refused(
                    file.line(),
                    "\"" + file.href() + "\" is compressed with " + file.compression(),
                    "Pack it with gzip or not at all.");
        }
        List<PackageFile> container = PackagedFile.find(document.file(), file, files);
        DiskFiles content = new DiskFiles(files, container, List.of(), gzip, manifest);
        used.addAll(container);
        checkSize(file, content.bytes());
        String key = keys.apply(file.href()) + suffix;
        openers.put(key, content::open);
        return new Located(key, content.bytes(), format(disk) + (gzip ? " in gzip" : ""));
    }

    private void checkSize(FileRef file, long actual) {
        Long stated = file.size();
        if (stated == null || stated == actual) {
            return;
        }
        if (actual < stated) {
            throw new VmferryException(
                    FilesError.OVF_FILE_SIZE,
                    document.file() + " line " + file.line(),
                    "\"" + file.href() + "\" has " + actual + " bytes and should have " + stated,
                    "Copy or download the package again; this file is incomplete.");
        }
        notices.add(new Notice(
                "files.ovf.file-size",
                file.href(),
                "it has " + actual + " bytes where the descriptor says " + stated + "; the file's own length counts"));
    }

    private static String format(DiskRef disk) {
        // http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized
        int hash = disk.format().indexOf('#');
        if (disk.format().contains("vmdk")) {
            return hash < 0 ? "vmdk" : "vmdk " + disk.format().substring(hash + 1);
        }
        return disk.format();
    }

    private VmferryException refused(int line, String reason, String remedy) {
        return new VmferryException(FilesError.OVF_UNSUPPORTED, document.file() + " line " + line, reason, remedy);
    }
}
