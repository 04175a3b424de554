package io.vmferry.converter.vmdk;

import io.vmferry.spi.image.ByteSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A file that holds VMDK structures: reads of a known length either succeed as a whole or say what is missing. */
record Container(ByteSource source) {
    static final int SECTOR = 512;

    String name() {
        return source.name();
    }

    long size() {
        return source.size();
    }

    boolean contains(long offset, long length) {
        return offset >= 0 && length >= 0 && offset <= size() - length;
    }

    /** A small structure, ready to be read in little-endian order. */
    ByteBuffer structure(long offset, int length, String structure) {
        if (!contains(offset, length)) {
            throw truncated(offset, length, structure);
        }
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        fill(offset, bytes, structure);
        return bytes.flip();
    }

    /** Fills the target to its limit. */
    void fill(long offset, ByteBuffer target, String structure) {
        int length = target.remaining();
        if (source.read(offset, target) < length) {
            throw truncated(offset, length, structure);
        }
    }

    private RuntimeException truncated(long offset, long length, String structure) {
        return VmdkError.VMDK_TRUNCATED.at(
                name(), structure, offset, "it needs " + length + " bytes but the file ends at " + size());
    }
}
