package io.vmferry.converter.copy;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.Checkpoint;
import org.jspecify.annotations.Nullable;

/**
 * How far a copy has safely got, and all that is needed to go on. Fits a database column as {@link #print}ed.
 *
 * @param writer where the target's writer stands; create it with this
 * @param digestLogLength what of the digest log counts, bytes; 0 when verification is off
 * @param counts so far
 */
public record CopyCheckpoint(Checkpoint writer, long digestLogLength, CopyCounts counts) {
    private static final String VERSION = "1";
    private static final int PARTS = 9;

    /** Virtual bytes done. */
    public long position() {
        return writer.position();
    }

    /** One line, below 300 characters, for {@link #parse}. */
    public String print() {
        return VERSION + "|" + writer.position() + "|" + digestLogLength + "|" + counts.bytesRead() + "|"
                + counts.passedThrough() + "|" + counts.reencoded() + "|" + counts.plain() + "|" + counts.zeroBytes()
                + "|" + writer.state();
    }

    public static CopyCheckpoint parse(String text) {
        String[] parts = text.split("\\|", PARTS);
        if (parts.length != PARTS || !parts[0].equals(VERSION)) {
            throw invalid(text, null);
        }
        try {
            long[] n = new long[PARTS - 1];
            for (int i = 1; i < n.length; i++) {
                n[i] = Long.parseLong(parts[i]);
            }
            return new CopyCheckpoint(
                    new Checkpoint(n[1], parts[PARTS - 1]), n[2], new CopyCounts(n[3], n[4], n[5], n[6], n[7]));
        } catch (NumberFormatException e) {
            throw invalid(text, e);
        }
    }

    private static VmferryException invalid(String text, @Nullable Throwable cause) {
        return new VmferryException(
                CopyError.COPY_CHECKPOINT_INVALID,
                "stored position \"" + text + "\"",
                "it is not one of this version of vmferry",
                "Start the copy of this disk from the beginning.",
                cause);
    }
}
