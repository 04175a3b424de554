package io.vmferry.converter.vmdk;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;

/** Streams in the layout of ESXi, from the product's own writer. */
final class StreamFixture {
    private StreamFixture() {}

    static byte[] build(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (StreamOptimizedWriter writer = StreamOptimizedWriter.create(
                Channels.newChannel(bytes), "test.vmdk", content.length, "test.vmdk", 0x12345678)) {
            write(content, writer);
        }
        return bytes.toByteArray();
    }

    static void write(byte[] content, StreamOptimizedWriter writer) {
        for (int at = 0; at < content.length; at += StreamOptimizedWriter.GRAIN) {
            int length = Math.min(StreamOptimizedWriter.GRAIN, content.length - at);
            writer.grain(at / 512, ByteBuffer.wrap(content, at, length));
        }
        writer.finish();
    }
}
