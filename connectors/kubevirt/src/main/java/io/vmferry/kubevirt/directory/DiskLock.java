package io.vmferry.kubevirt.directory;

import io.vmferry.kubevirt.TargetError;
import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.error.VmferryException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two writers off one disk, in this process or another. A file of its own, because closing any channel of a file gives up
 * this process's locks on it. The system drops the lock when the process dies.
 */
final class DiskLock implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private DiskLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the lock or says that the disk is busy; never waits. */
    static DiskLock take(Path file, Path disk) {
        try {
            while (true) {
                Optional<DiskLock> lock = attempt(file, disk);
                if (lock.isPresent()) {
                    return lock.get();
                }
            }
        } catch (IOException e) {
            throw IoFailure.writing(file.toString(), e);
        }
    }

    /** Empty when the file was removed by its last holder between opening and locking it. */
    private static Optional<DiskLock> attempt(Path file, Path disk) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean kept = false;
        try {
            Object opened = identity(file);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw busy(disk);
            }
            if (opened == null || !Objects.equals(opened, identity(file))) {
                return Optional.empty();
            }
            kept = true;
            return Optional.of(new DiskLock(file, channel));
        } catch (OverlappingFileLockException e) {
            throw busy(disk);
        } finally {
            if (!kept) {
                channel.close();
            }
        }
    }

    /** What tells this file from another that gets the same name later; null when it is gone. */
    private static @Nullable Object identity(Path file) throws IOException {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return key == null ? file : key;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static VmferryException busy(Path disk) {
        return new VmferryException(
                TargetError.TARGET_DISK_BUSY,
                disk.toString(),
                "it is being written by another process or thread",
                "Wait until the other run has ended, or stop it, then run the same command again.");
    }

    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw IoFailure.writing(file.toString(), e);
        }
    }
}
