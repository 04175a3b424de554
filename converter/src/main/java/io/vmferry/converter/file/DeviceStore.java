package io.vmferry.converter.file;

import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.file.FileStore;
import io.vmferry.spi.file.ForwardingStore;
import io.vmferry.spi.image.ByteStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A block device to write on: it keeps its length, and what is not overwritten stays. */
public final class DeviceStore extends ForwardingStore {
    private static final int ZEROS = 1 << 20;

    private final long size;

    /** @param bytes of the device; what it says of its length is not asked again */
    DeviceStore(ByteStore bytes) {
        super(bytes);
        this.size = bytes.size();
    }

    /**
     * Takes a device that nobody uses, for a disk of that many bytes. Nothing is written yet. Where the kernel can, nobody else
     * may mount it until it is closed.
     *
     * @throws VmferryException {@link FileError#DEVICE_IN_USE} when it or a part of it is mounted or has another user; {@link
     *     FileError#DEVICE_TOO_SMALL}
     */
    public static ByteStore claim(Path device, long needed) {
        String name = device.toString();
        DeviceUse.ofThisMachine().requireFree(device);
        Eraser eraser = Eraser.NONE;
        Path path = device;
        try {
            OpenFile file = OpenFile.open(device, true);
            eraser = file;
            path = file.path();
        } catch (OpenFile.BusyException e) {
            throw FileError.DEVICE_IN_USE.of(name, "the kernel says that somebody else has it", DeviceUse.REMEDY, e);
        } catch (IOException e) {
            throw IoFailure.writing(name, e);
        } catch (LinkageError e) {
            // Without JNA, what /proc and /sys said has to do.
        }
        try {
            DeviceStore store = new DeviceStore(FileStore.open(path, name));
            ByteStore punching = new PunchingStore(store, eraser);
            try {
                store.resize(needed);
                return punching;
            } catch (VmferryException e) {
                punching.close();
                throw e;
            }
        } catch (RuntimeException e) {
            eraser.close();
            throw e;
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void zero(long offset, long length) {
        long end = offset + length;
        ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(ZEROS, length));
        for (long at = offset; at < end; at += zeros.limit()) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), end - at));
            write(at, zeros);
        }
    }

    /** Keeps the length, and says no to more. */
    @Override
    public void resize(long wanted) {
        if (wanted > size) {
            throw FileError.DEVICE_TOO_SMALL.of(
                    name(),
                    "it has " + size + " bytes, and the disk needs " + wanted,
                    "Take a device that is as large as the disk or larger.",
                    null);
        }
    }
}
