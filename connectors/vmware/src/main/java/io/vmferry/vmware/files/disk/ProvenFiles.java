package io.vmferry.vmware.files.disk;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.Siblings;
import io.vmferry.vmware.files.FilesError;
import io.vmferry.vmware.files.manifest.Manifest;
import io.vmferry.vmware.files.manifest.ManifestedSource;
import io.vmferry.vmware.files.pack.PackageFile;
import io.vmferry.vmware.files.pack.PackageFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens files for one disk and remembers them, so that in the end each can be proven: against the manifest where it is listed
 * there, and against having been changed meanwhile. Safe for many threads.
 */
final class ProvenFiles implements Siblings {
    private final PackageFiles files;
    private final @Nullable Manifest manifest;
    private final List<ManifestedSource> manifested = new ArrayList<>();
    private final List<PackageFile> opened = new ArrayList<>();

    ProvenFiles(PackageFiles files, @Nullable Manifest manifest) {
        this.files = files;
        this.manifest = manifest;
    }

    /** The caller owns what it gets. */
    synchronized ByteSource open(PackageFile file) {
        Optional<Manifest.Promise> promise = manifest == null ? Optional.empty() : manifest.of(file.name());
        ByteSource source;
        if (promise.isPresent()) {
            ManifestedSource proven = new ManifestedSource(file::open, promise.get());
            manifested.add(proven);
            source = proven;
        } else {
            source = file.open();
        }
        opened.add(file);
        return source;
    }

    @Override
    public ByteSource open(String name) {
        return open(files.find(name)
                .orElseThrow(() -> new VmferryException(
                        CommonError.FILE_NOT_FOUND,
                        "\"" + name + "\"",
                        "an image refers to it, but it is not there",
                        "Put all files of the disk beside each other.")));
    }

    /** Throws when a file is not what its manifest says, or changed since it was opened. */
    synchronized void verify() {
        manifested.forEach(ManifestedSource::verify);
        for (PackageFile file : opened) {
            if (!file.stamp().holds()) {
                throw new VmferryException(
                        FilesError.SOURCE_CHANGED,
                        file.path(),
                        "it was changed while it was read",
                        "Make sure that nobody writes to it, then run the same command again.");
            }
        }
    }

    synchronized void close() {
        manifested.forEach(ManifestedSource::abandon);
    }
}
