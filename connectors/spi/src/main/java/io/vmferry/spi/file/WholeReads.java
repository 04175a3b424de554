package io.vmferry.spi.file;

import io.vmferry.spi.error.IoFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads as much as was asked for; a channel alone may give less. */
final class WholeReads {
    private WholeReads() {}

    /** @return bytes read, fewer than asked for only at the end of the file */
    static int read(FileChannel channel, String name, long offset, ByteBuffer target) {
        int total = 0;
        try {
            while (target.hasRemaining()) {
                int n = channel.read(target, offset + total);
                if (n < 0) {
                    break;
                }
                total += n;
            }
            return total;
        } catch (IOException e) {
            throw IoFailure.reading(name + " at offset " + (offset + total), e);
        }
    }
}
