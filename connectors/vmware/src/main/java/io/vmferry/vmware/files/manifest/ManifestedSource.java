package io.vmferry.vmware.files.manifest;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.vmware.files.manifest.Manifest.Promise;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/**
 * Proves a file against its manifest while it is being read for another purpose, so that it need not be read twice.
 *
 * <p>Reads pass through; what they return is copied and hashed in order by a thread of its own ({@link Hashing}). Readers may
 * be many and need not be in order. {@link #verify} reads what nobody asked for and compares.
 *
 * <p>{@link #close} closes what readers use; {@link #verify} works after it as well. {@link #abandon} ends everything.
 */
public final class ManifestedSource implements ByteSource {
    private final ByteSource bytes;
    private final Hashing hashing;

    /** @param opener opens the file; called once here, and once more when something must be read again */
    public ManifestedSource(Supplier<ByteSource> opener, Promise promise) {
        this(opener, promise, Hashing.MOST_KEPT);
    }

    ManifestedSource(Supplier<ByteSource> opener, Promise promise, long mostKept) {
        this.bytes = opener.get();
        this.hashing = new Hashing(opener, bytes.size(), promise, mostKept);
    }

    @Override
    public String name() {
        return bytes.name();
    }

    @Override
    public long size() {
        return bytes.size();
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        int start = target.position();
        long end = Math.min(size(), offset + target.remaining());
        SeenBytes.Flight flight = hashing.takeOff(offset, end);
        int n = 0;
        try {
            n = bytes.read(offset, target);
        } finally {
            hashing.land(flight, target.duplicate().position(start).limit(start + n));
        }
        return n;
    }

    /** Bytes that had to be read for the digest alone. */
    public long readAgain() {
        return hashing.readAgain();
    }

    /**
     * Reads what was not seen yet, and throws {@code MANIFEST_MISMATCH} when the file is not what its manifest says. Called
     * again, it answers the same.
     */
    public void verify() {
        try {
            hashing.verify();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VmferryException(
                    CommonError.CANCELLED, name(), "checking it was stopped", "Run the same command again.", e);
        }
    }

    @Override
    public void close() {
        bytes.close();
    }

    /** Stops hashing for good and lets go of the memory. */
    public void abandon() {
        hashing.abandon();
    }
}
