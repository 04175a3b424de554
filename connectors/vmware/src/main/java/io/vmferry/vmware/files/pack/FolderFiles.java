package io.vmferry.vmware.files.pack;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.file.FileSource;
import io.vmferry.spi.file.FolderSiblings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of a folder, never outside of it. */
public record FolderFiles(Path folder) implements PackageFiles {
    @Override
    public Optional<PackageFile> find(String name) {
        Path file;
        try {
            file = new FolderSiblings(folder).confined(name);
        } catch (VmferryException e) {
            if (e.code() == CommonError.FILE_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
        return Optional.of(of(name, file));
    }

    /** A file that was found by itself. */
    public static PackageFile of(String name, Path file) {
        Stamp stamp = Stamp.of(file);
        return new PackageFile(name, file.toString(), stamp.size(), 0, stamp, () -> FileSource.open(file));
    }

    @Override
    public List<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(f -> f.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw IoFailure.reading(folder.toString(), e);
        }
    }
}
