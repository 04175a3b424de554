package io.vmferry.converter.digest;

import java.nio.ByteBuffer;

/** SHA-256 of one block at a time. Used by one thread at a time; {@link Sha256s} picks the fastest that works here. */
interface Sha256 {
    /**
     * Writes the digest of what lies between position and limit, which both stay.
     *
     * @param target takes {@link BlkHash#DIGEST} bytes
     */
    void digest(ByteBuffer content, byte[] target, int offset);

    /** Name of the library, for {@code --version -v} and benchmarks. */
    String library();
}
