package io.vmferry.cli.disk;

import io.vmferry.spi.error.IoFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** A file that is written under another name beside its own, which it gets when it is whole. Else it is gone when this is closed. */
final class PartialFile implements AutoCloseable {
    private final Path target;
    private final Path path;

    /** Removes what an earlier attempt may have left. */
    PartialFile(Path target) {
        this.target = target;
        String name = "." + Objects.requireNonNull(target.getFileName()) + ".vmferry-part";
        path = target.toAbsolutePath().resolveSibling(name);
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw IoFailure.writing(path.toString(), e);
        }
    }

    /** Where it is written. */
    Path path() {
        return path;
    }

    /** Gives it its name. Nobody ever sees a part of it there. */
    void keep() {
        try {
            Files.move(path, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw IoFailure.writing(target.toString(), e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // A failure to tidy up must not hide the failure it tidies up after.
        }
    }
}
