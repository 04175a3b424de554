package io.vmferry.spi.file;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.Siblings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Opens files beside an image, never outside its folder: no absolute names, no {@code ..}, no URL, no device, and no symbolic
 * link that leads out. An image is foreign input; without this it could make vmferry copy {@code /etc/shadow} into a disk.
 */
public record FolderSiblings(Path folder) implements Siblings {
    @Override
    public ByteSource open(String name) {
        return FileSource.open(confined(name));
    }

    /** The file of that name, which exists and lies in the folder. */
    public Path confined(String name) {
        Path candidate;
        try {
            candidate = Path.of(name.replace('\\', '/'));
        } catch (InvalidPathException e) {
            throw outside(name);
        }
        boolean drive = name.length() > 1 && name.charAt(1) == ':';
        if (name.isBlank() || candidate.isAbsolute() || drive || name.contains("://")) {
            throw outside(name);
        }
        for (Path part : candidate) {
            if (part.toString().equals("..")) {
                throw outside(name);
            }
        }
        try {
            Path real = folder.resolve(candidate).toRealPath();
            if (!real.startsWith(folder.toRealPath())) {
                throw outside(name);
            }
            if (!Files.isRegularFile(real)) {
                throw outside(name);
            }
            return real;
        } catch (IOException e) {
            throw IoFailure.reading(folder.resolve(candidate).toString(), e);
        }
    }

    private VmferryException outside(String name) {
        return new VmferryException(
                CommonError.NAME_NOT_CONFINED,
                "\"" + name + "\" named in an image in " + folder,
                "it is not a plain file inside the image's own folder",
                "Put all files of the disk into one folder and name them without a path.");
    }
}
