package io.vmferry.converter.codec;

import io.vmferry.spi.error.VmferryException;

/** The words for a block that cannot be decoded. */
final class Malformed {
    private Malformed() {}

    static VmferryException corrupt(int size, String reason) {
        return new VmferryException(
                CodecError.BLOCK_CORRUPT, subject(size), reason, "Copy or export the image from its source again.");
    }

    static VmferryException wrongSize(int size, String reason) {
        return new VmferryException(
                CodecError.BLOCK_WRONG_SIZE, subject(size), reason, "Copy or export the image from its source again.");
    }

    private static String subject(int size) {
        return "compressed block of " + size + " bytes";
    }
}
