package io.vmferry.converter.digest;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/**
 * The system's OpenSSL, called through JNA. It is about as fast as the JDK once that is warm, but needs neither a warm-up nor a
 * copy of a direct buffer, and knows the processor's instructions where the JDK's second compiler is late or away.
 */
final class CryptoSha256 implements Sha256 {
    private final Memory digest = new Memory(BlkHash.DIGEST);
    private final long digestAddress = Pointer.nativeValue(digest);
    private final Sha256 heap = new JdkSha256();

    @Override
    public void digest(ByteBuffer content, byte[] target, int offset) {
        if (!content.isDirect()) {
            heap.digest(content, target, offset);
            return;
        }
        long address = Pointer.nativeValue(Native.getDirectBufferPointer(content)) + content.position();
        if (LibCrypto.SHA256(address, content.remaining(), digestAddress) == 0) {
            // A system's policy may forbid it, in theory.
            heap.digest(content, target, offset);
            return;
        }
        digest.read(0, target, offset, BlkHash.DIGEST);
    }

    @Override
    public String library() {
        return LibCrypto.NAME;
    }
}
