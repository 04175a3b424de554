package io.vmferry.kubevirt.directory;

import io.vmferry.kubevirt.TargetError;
import io.vmferry.kubevirt.syntax.DnsLabel;
import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.plan.VmPlan;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one VM: {@code root/namespace/name}. It appears together with its marker, by one rename, so that a folder
 * without a marker is always somebody else's.
 *
 * @param path where it is or will be
 */
record VmFolder(Path path) {
    private static final Object CLAIMS = new Object();

    /** Where the VM belongs; nothing is looked at yet. Names are checked, so that they cannot lead out of the root. */
    static VmFolder of(Path root, VmPlan vm) {
        String namespace = label("namespace", vm.target().namespace(), vm);
        String name = label("VM", vm.target().name(), vm);
        return new VmFolder(root.resolve(namespace).resolve(name));
    }

    static String label(String what, String name, VmPlan vm) {
        if (!DnsLabel.is(name)) {
            throw new VmferryException(
                    TargetError.TARGET_NAME_INVALID,
                    vm.vm().name(),
                    "\"" + name + "\" cannot be the name of a " + what,
                    "Set a name of lower-case letters, digits and dashes, 63 at most, for this VM.");
        }
        return name;
    }

    Path markerFile() {
        return path.resolve(FolderMarker.FILE);
    }

    boolean exists() {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** The marker; empty when there is no folder or none of ours. */
    Optional<FolderMarker> marker() {
        return Records.read(markerFile(), FolderMarker.class, FolderMarker.SCHEMA);
    }

    /** Why this folder cannot be the owner's; null when it can: it is theirs already, or nothing is there. */
    @Nullable
    VmferryException obstacle(FolderMarker owner) {
        if (!exists()) {
            return null;
        }
        if (!Files.isDirectory(path)) {
            return foreign("a file of that name exists");
        }
        Optional<FolderMarker> found = marker();
        if (found.isEmpty()) {
            return foreign("the folder exists and was not made by vmferry");
        }
        if (!found.get().sameOwner(owner)) {
            return foreign("the folder belongs to the VM \"" + found.get().sourceName() + "\" ("
                    + found.get().vm() + ") of the migration \"" + found.get().migration() + "\"");
        }
        return null;
    }

    /** Makes the folder, or takes over what this owner made earlier. The disks of a VM are prepared side by side. */
    void claim(FolderMarker owner) {
        synchronized (CLAIMS) {
            if (taken(owner)) {
                return;
            }
            Path begun = path.resolveSibling(
                    "." + path.getFileName() + "." + Digests.sha256(owner.vm()).substring(0, 8));
            try {
                Files.createDirectories(begun);
                Records.write(begun.resolve(FolderMarker.FILE), owner);
                AtomicFile.move(begun, path);
            } catch (FileAlreadyExistsException | NotDirectoryException e) {
                throw notFolder(e);
            } catch (IOException e) {
                if (!taken(owner)) {
                    throw isNotDirectory(e) ? notFolder(e) : IoFailure.writing(path.toString(), e);
                }
            } catch (VmferryException e) {
                if (!taken(owner)) {
                    throw e;
                }
            }
        }
    }

    /** Whether the folder is the owner's already, made just now by another process perhaps; an error when it is another's. */
    private boolean taken(FolderMarker owner) {
        VmferryException obstacle = obstacle(owner);
        if (obstacle != null) {
            throw obstacle;
        }
        return exists();
    }

    /** The JDK has no exception of its own for a file in the place of a parent folder. */
    private static boolean isNotDirectory(IOException e) {
        String text = e.getMessage();
        return text != null && text.contains("Not a directory");
    }

    private VmferryException notFolder(IOException cause) {
        return new VmferryException(
                TargetError.TARGET_PATH_NOT_FOLDER,
                path.toString(),
                "a file stands where a folder is needed",
                "Choose another target folder, or move the file away.",
                cause);
    }

    private VmferryException foreign(String reason) {
        return new VmferryException(
                TargetError.TARGET_FOLDER_FOREIGN,
                path.toString(),
                reason,
                "Move it away, choose another target folder, or give the VM another name or namespace.");
    }
}
