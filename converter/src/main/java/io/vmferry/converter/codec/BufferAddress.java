package io.vmferry.converter.codec;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Address of a direct buffer; remembers the last one, because a worker keeps using the same few. */
final class BufferAddress {
    private @Nullable ByteBuffer last;
    private long base;

    /** Address of the buffer's position. Good for as long as the caller holds the buffer. */
    @SuppressWarnings("ReferenceEquality") // Equal buffers may lie elsewhere.
    long of(ByteBuffer buffer) {
        if (buffer != last) {
            // JNA gives where the buffer's memory begins, whatever its position.
            base = Pointer.nativeValue(Native.getDirectBufferPointer(buffer));
            last = buffer;
        }
        return base + buffer.position();
    }
}
