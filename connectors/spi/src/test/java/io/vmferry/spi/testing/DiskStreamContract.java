package io.vmferry.spi.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.DiskStream;
import io.vmferry.spi.image.EncodedBlock;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ExtentKind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What every {@link DiskStream} does. Use content with data, holes in the middle and at the end. */
public abstract class DiskStreamContract {
    /** A stream from its beginning; the test closes it. */
    protected abstract DiskStream open();

    /** What passes by; its length is the virtual size. */
    protected abstract byte[] content();

    /** Decodes a payload of {@code length} bytes of content; formats with another encoding than deflate override it. */
    protected byte[] decode(BlockEncoding encoding, byte[] payload, int length) throws Exception {
        return Payloads.inflate(encoding, payload, length);
    }

    @Test
    void givesAllOfTheContentInOrder() throws Exception {
        byte[] content = content();
        try (DiskStream stream = open()) {
            assertThat(stream.virtualSize()).isEqualTo(content.length);
            long at = 0;
            for (Extent extent = stream.next(); extent != null; extent = stream.next()) {
                assertThat(extent.start()).isEqualTo(at);
                assertHolds(stream, extent, content, Integer.MAX_VALUE);
                at = extent.end();
            }
            assertThat(at).isEqualTo(content.length);
            assertThat(stream.next()).isNull();
        }
    }

    @Test
    void skipsPayloadThatNobodyReads() throws Exception {
        byte[] content = content();
        try (DiskStream stream = open()) {
            long at = 0;
            int count = 0;
            for (Extent extent = stream.next(); extent != null; extent = stream.next()) {
                assertThat(extent.start()).isEqualTo(at);
                if (++count % 3 == 0) {
                    assertHolds(stream, extent, content, Integer.MAX_VALUE);
                }
                at = extent.end();
            }
            assertThat(at).isEqualTo(content.length);
        }
    }

    @Test
    void givesDataInPieces() throws Exception {
        byte[] content = content();
        try (DiskStream stream = open()) {
            for (Extent extent = stream.next(); extent != null; extent = stream.next()) {
                assertHolds(stream, extent, content, 1000);
            }
        }
    }

    @Test
    void closesAsOftenAsYouLike() {
        DiskStream stream = open();
        stream.next();
        stream.close();
        stream.close();
    }

    private void assertHolds(DiskStream stream, Extent extent, byte[] content, int piece) throws Exception {
        byte[] got = new byte[(int) extent.length()];
        EncodedBlock block = extent.encoded();
        if (block != null) {
            assertThat(block.offset()).isEqualTo(-1);
            ByteBuffer payload = ByteBuffer.allocateDirect(block.size() + 3);
            stream.readPayload(payload);
            assertThat(payload.position()).isEqualTo(block.size());
            byte[] bytes = new byte[block.size()];
            payload.flip().get(bytes);
            got = decode(block.encoding(), bytes, got.length);
        } else if (extent.kind() == ExtentKind.DATA) {
            ByteBuffer target = ByteBuffer.wrap(got);
            while (target.position() < got.length) {
                target.limit((int) Math.min(got.length, (long) target.position() + piece));
                stream.readPayload(target);
                assertThat(target.hasRemaining()).isFalse();
            }
        }
        int start = (int) extent.start();
        int at = Arrays.mismatch(content, start, start + got.length, got, 0, got.length);
        if (at >= 0) {
            throw new AssertionError("byte " + (start + at) + " differs, in " + extent);
        }
    }
}
