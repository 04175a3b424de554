package io.vmferry.vmware.files.pack;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteSource;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** Reads small text files of a package whole. */
public final class WholeFile {
    private WholeFile() {}

    /**
     * All bytes of a file.
     *
     * @param most bytes that are taken
     * @param tooLarge what to say of a larger file
     */
    public static byte[] bytes(PackageFile file, int most, Supplier<VmferryException> tooLarge) {
        if (file.size() > most) {
            throw tooLarge.get();
        }
        try (ByteSource source = file.open()) {
            return head(source, (int) file.size());
        }
    }

    /** Up to {@code most} first bytes. */
    public static byte[] head(ByteSource source, int most) {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(most, source.size()));
        source.read(0, buffer);
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }
}
