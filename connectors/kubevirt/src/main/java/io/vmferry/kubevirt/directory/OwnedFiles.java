package io.vmferry.kubevirt.directory;

import io.vmferry.kubevirt.TargetError;
import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.target.ObjectRef;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds and removes what this migration made under the root, and nothing else. Files are named by their path from the root.
 *
 * @param root of the target
 */
record OwnedFiles(Path root, String migration) {
    private static final String KIND = "File";

    ObjectRef ref(VmFolder folder, String name) {
        String path = root.relativize(folder.path().resolve(name)).toString().replace('\\', '/');
        return new ObjectRef("", KIND, "", path);
    }

    /** In order of removal; the marker is last of its folder. */
    List<ObjectRef> list(Optional<String> vmKey) {
        List<ObjectRef> refs = new ArrayList<>();
        for (Path namespace : children(root)) {
            for (Path vm : children(namespace)) {
                VmFolder folder = new VmFolder(vm);
                Optional<FolderMarker> marker = marker(folder);
                if (marker.isEmpty() || (vmKey.isPresent() && !marker.get().vm().equals(vmKey.get()))) {
                    continue;
                }
                FolderContent content = new FolderContent(folder, marker.get());
                content.ours().forEach(name -> refs.add(ref(folder, name)));
            }
        }
        return refs;
    }

    void delete(ObjectRef object) {
        Path relative = relative(object);
        Path file = root.resolve(relative);
        VmFolder folder = new VmFolder(root.resolve(relative.subpath(0, 2)));
        String name = relative.getName(2).toString();
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        FolderMarker marker =
                marker(folder).orElseThrow(() -> refused(object, "it does not lie in a folder of this migration"));
        FolderContent content = new FolderContent(folder, marker);
        if (!content.isOurs(name)) {
            throw refused(object, "vmferry did not make it, or it was changed since");
        }
        try {
            if (name.equals(FolderMarker.FILE)) {
                deleteFolder(object, folder, content);
            } else if (FolderContent.isPartial(name)) {
                deleteUnlocked(file, FolderContent.lockOf(file));
            } else if (FolderContent.isLock(name)) {
                deleteUnlocked(file, file);
            } else {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw IoFailure.writing(file.toString(), e);
        }
    }

    /** A disk that is being written is not pulled away from under its writer. */
    private static void deleteUnlocked(Path file, Path lockFile) throws IOException {
        DiskLock lock = DiskLock.take(lockFile, file);
        try {
            Files.deleteIfExists(file);
        } finally {
            lock.close();
        }
    }

    /** The marker goes with its folder, and stays as long as anything else does. */
    private void deleteFolder(ObjectRef object, VmFolder folder, FolderContent content) throws IOException {
        List<String> others = content.others();
        if (!others.isEmpty()) {
            throw refused(
                    object,
                    "its folder still holds "
                            + String.join(", ", others.subList(0, Math.min(5, others.size())))
                            + (others.size() > 5 ? " and " + (others.size() - 5) + " more" : ""));
        }
        Files.delete(folder.markerFile());
        try {
            Files.delete(folder.path());
        } catch (DirectoryNotEmptyException e) {
            throw refused(object, "something was put into its folder just now");
        }
    }

    private Optional<FolderMarker> marker(VmFolder folder) {
        if (!Files.isDirectory(folder.path(), LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            return folder.marker().filter(marker -> marker.migration().equals(migration));
        } catch (VmferryException e) {
            // A folder with a broken marker is nobody's as far as anyone can tell.
            return Optional.empty();
        }
    }

    /** Namespace, VM and file. */
    private Path relative(ObjectRef object) {
        try {
            Path relative = Path.of(object.name());
            boolean threeNames = relative.getNameCount() == 3
                    && relative.equals(relative.normalize())
                    && !relative.startsWith("..")
                    && !relative.isAbsolute();
            if (object.kind().equals(KIND) && threeNames) {
                return relative;
            }
        } catch (InvalidPathException e) {
            // Falls through: a name that is no path cannot be ours.
        }
        throw refused(object, "it is not a file of a VM's folder");
    }

    private static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            List<Path> children = new ArrayList<>();
            stream.forEach(children::add);
            children.sort(Comparator.comparing(path -> path.getFileName().toString()));
            return children;
        } catch (IOException e) {
            throw IoFailure.reading(folder.toString(), e);
        }
    }

    private VmferryException refused(ObjectRef object, String reason) {
        return new VmferryException(
                TargetError.TARGET_DELETE_REFUSED,
                root + "/" + object.name(),
                reason,
                "Look at it and remove it by hand if nobody needs it.");
    }
}
