package io.vmferry.converter.qcow2;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What lies between the fixed part of the header and the end of the first cluster: header extensions, each a type, a length
 * and its bytes padded to 8; then the name of the backing file. Only what reading needs is kept, anything else is skipped.
 *
 * @param backingName as written in the image; null without a backing file
 * @param backingFormat as written in the image; null where it is not stated
 * @param dataFile name of the external data file; null where it is not stated
 */
record HeaderExtensions(
        @Nullable String backingName,
        @Nullable String backingFormat,
        @Nullable String dataFile) {
    private static final int END = 0;
    private static final int BACKING_FORMAT = 0xe2792aca;
    private static final int DATA_FILE = 0x44415441;
    /** QEMU's limit for the name of the backing file. */
    private static final int MAX_NAME = 1023;

    /**
     * @param from where the extensions begin, the length of the fixed part
     * @param backingOffset and {@code backingSize} as in the header
     */
    static HeaderExtensions read(ByteSource container, int clusterSize, int from, long backingOffset, int backingSize) {
        String name = container.name();
        if (from > clusterSize) {
            throw Qcow2Header.invalid(name, "header_length is " + Integer.toUnsignedString(from));
        }
        boolean backed = backingOffset != 0 && backingSize != 0;
        boolean sound = backingOffset >= from
                && backingOffset <= clusterSize
                && backingSize > 0
                && backingSize <= Math.min(MAX_NAME, clusterSize - backingOffset);
        if (backed && !sound) {
            throw Qcow2Header.invalid(
                    name,
                    "its backing file name has " + Integer.toUnsignedString(backingSize) + " bytes at offset "
                            + Long.toUnsignedString(backingOffset));
        }
        ByteBuffer cluster = ByteBuffer.allocate(clusterSize);
        container.read(0, cluster);
        // Behind the end of a short file are zeros, which end the extensions.
        cluster.clear();
        @Nullable String backing = null;
        if (backed) {
            backing = text(cluster, (int) backingOffset, backingSize, name, "backing file name");
            cluster.limit((int) backingOffset);
        }
        return extensions(cluster.position(from), backing, name);
    }

    private static HeaderExtensions extensions(ByteBuffer area, @Nullable String backing, String name) {
        @Nullable String format = null;
        @Nullable String dataFile = null;
        while (area.remaining() >= 8) {
            int at = area.position();
            int type = area.getInt();
            int length = area.getInt();
            if (type == END) {
                break;
            }
            if (length < 0 || length > area.remaining()) {
                throw Qcow2Header.invalid(
                        name,
                        "the extension at offset " + at + " says that it has " + Integer.toUnsignedString(length)
                                + " bytes, but only " + area.remaining() + " follow");
            }
            int start = area.position();
            if (type == BACKING_FORMAT) {
                format = text(area, start, length, name, "backing file format");
            } else if (type == DATA_FILE) {
                dataFile = text(area, start, length, name, "data file name");
            }
            area.position((int) Math.min(area.limit(), start + (length + 7L) / 8 * 8));
        }
        return new HeaderExtensions(backing, format, dataFile);
    }

    private static String text(ByteBuffer bytes, int at, int length, String name, String what) {
        byte[] text = new byte[length];
        bytes.get(at, text);
        String string = new String(text, StandardCharsets.UTF_8);
        if (string.codePoints().anyMatch(Character::isISOControl)) {
            throw new VmferryException(
                    Qcow2Error.QCOW2_HEADER_INVALID,
                    name + ", header at offset " + at,
                    "the " + what + " holds control characters",
                    "Check with qemu-img info what the image says.");
        }
        return string;
    }
}
