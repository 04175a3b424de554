package io.vmferry.cli.disk;

import io.vmferry.batch.BatchError;
import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.file.FileKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The rules for what stands at the target already; a block device is never written over by accident. */
public final class DeviceTarget {
    private DeviceTarget() {}

    /**
     * Refuses a target that was not meant.
     *
     * @param force whether a file may be replaced
     * @param ontoDevice whether a block device is to be written over
     */
    public static void require(Path target, boolean force, boolean ontoDevice) {
        if (ontoDevice && !FileKind.isBlockDevice(target)) {
            throw usage(
                    target,
                    "it is not a block device that exists",
                    "Leave --onto-device out to write a file, or name a device such as /dev/sdb.");
        }
        if (!Files.exists(target)) {
            return;
        }
        switch (kind(target)) {
            case BLOCK_DEVICE -> {
                if (!ontoDevice) {
                    throw usage(
                            target,
                            "it is a block device, and all that is on it would be overwritten",
                            "Give --onto-device if that is what you want.");
                }
            }
            case OTHER ->
                throw usage(
                        target,
                        "it is neither a file nor a block device",
                        "Name a file that vmferry may write, or - for standard output.");
            case FILE, FOLDER -> {
                if (!force) {
                    throw usage(target, "it exists already", "Give --force to replace it, or another name.");
                }
            }
        }
    }

    /** The source is never written, not even with a better form of itself. */
    static void requireAnother(Path source, Path target) {
        try {
            if (Files.exists(source) && Files.exists(target) && Files.isSameFile(source, target)) {
                throw usage(target, "it is the source as well", "Name another file or device.");
            }
        } catch (IOException e) {
            throw IoFailure.reading(source.toString(), e);
        }
    }

    /** A device takes the bytes of the disk, at its own beginning. */
    static void requireRaw(Path device, String format) {
        if (!format.equals("raw")) {
            throw usage(
                    device,
                    "a block device holds the raw disk, not " + format,
                    "Leave -O out or give -O raw; a file can have any format.");
        }
    }

    /** What a conversion that did not finish leaves, as a sentence. */
    static String leftBehind(Path device) {
        return device + " is incomplete: it holds a part of the disk, and what was there before is overwritten.";
    }

    /** The same failure, with what it left behind. */
    static VmferryException incomplete(Path device, VmferryException e) {
        return new VmferryException(e.code(), e.subject(), e.reason(), leftBehind(device) + " " + e.remedy(), e);
    }

    private static FileKind kind(Path target) {
        try {
            return FileKind.of(target);
        } catch (IOException e) {
            throw IoFailure.reading(target.toString(), e);
        }
    }

    private static VmferryException usage(Path target, String reason, String remedy) {
        return new VmferryException(BatchError.BAD_USAGE, target.toString(), reason, remedy);
    }
}
