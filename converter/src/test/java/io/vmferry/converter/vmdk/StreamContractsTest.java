package io.vmferry.converter.vmdk;

import io.vmferry.spi.image.DiskStream;
import io.vmferry.spi.testing.DiskStreamContract;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Nested;

/** Both stream layouts against the contract of all streams. */
class StreamContractsTest {
    abstract static class OneStream extends DiskStreamContract {
        private final byte[] content;
        private final byte[] file;

        OneStream(byte[] content, byte[] file) {
            this.content = content;
            this.file = file;
        }

        @Override
        protected DiskStream open() {
            return Objects.requireNonNull(new VmdkFormat().openStream(new MemorySource(file).stream()));
        }

        @Override
        protected byte[] content() {
            return content;
        }
    }

    private static final byte[] UNEVEN = Contents.mixed((40 << 20) + 1536, 640 << 10, Contents.random(4));
    private static final byte[] ZERO_END = zeroEnd();

    private static byte[] zeroEnd() {
        byte[] content = Contents.mixed(3 << 20, 48 << 10, Contents.random(5));
        Arrays.fill(content, 2 << 20, content.length, (byte) 0);
        return content;
    }

    private static SparseFixture front() {
        SparseFixture fixture = new SparseFixture();
        fixture.compressed = true;
        return fixture;
    }

    @Nested
    class FromEsxi extends OneStream {
        FromEsxi() {
            super(UNEVEN, StreamFixture.build(UNEVEN));
        }
    }

    @Nested
    class FromEsxiWithZerosAtTheEnd extends OneStream {
        FromEsxiWithZerosAtTheEnd() {
            super(ZERO_END, StreamFixture.build(ZERO_END));
        }
    }

    @Nested
    class WithTablesInFront extends OneStream {
        WithTablesInFront() {
            super(UNEVEN, front().build(UNEVEN));
        }
    }

    @Nested
    class WithTablesInFrontAndZerosAtTheEnd extends OneStream {
        WithTablesInFrontAndZerosAtTheEnd() {
            super(ZERO_END, front().build(ZERO_END));
        }
    }

    @Nested
    class AllZero extends OneStream {
        AllZero() {
            super(new byte[1 << 20], StreamFixture.build(new byte[1 << 20]));
        }
    }
}
