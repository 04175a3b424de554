package io.vmferry.converter.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vmferry.converter.testing.SampleDisk;
import io.vmferry.spi.image.BlockEncoding;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** All codecs against the contract, and how one is picked. */
class CodecsTest {
    @Nested
    class JdkDeflate extends CodecContract {
        @Override
        Codec open() {
            return new JdkCodec(BlockEncoding.DEFLATE, 6);
        }

        @Override
        boolean hasChecksum() {
            return false;
        }
    }

    @Nested
    class JdkZlib extends CodecContract {
        @Override
        Codec open() {
            return new JdkCodec(BlockEncoding.ZLIB, 6);
        }

        @Override
        boolean hasChecksum() {
            return true;
        }
    }

    @Nested
    class LibDeflateDeflate extends CodecContract {
        @BeforeEach
        void required() {
            requireLibDeflate();
        }

        @Override
        Codec open() {
            return new LibDeflateCodec(BlockEncoding.DEFLATE, 6);
        }

        @Override
        boolean hasChecksum() {
            return false;
        }
    }

    @Nested
    class LibDeflateZlib extends CodecContract {
        @BeforeEach
        void required() {
            requireLibDeflate();
        }

        @Override
        Codec open() {
            return new LibDeflateCodec(BlockEncoding.ZLIB, 6);
        }

        @Override
        boolean hasChecksum() {
            return true;
        }
    }

    @Nested
    class Zstd extends CodecContract {
        @Override
        Codec open() {
            return new ZstdCodec(3);
        }

        @Override
        boolean hasChecksum() {
            return false;
        }
    }

    @Test
    void theTwoDeflatesReadEachOther() {
        requireLibDeflate();
        for (BlockEncoding encoding : new BlockEncoding[] {BlockEncoding.DEFLATE, BlockEncoding.ZLIB}) {
            byte[] content = SampleDisk.content(9, 65536);
            try (Codec jdk = Codecs.jdk().open(encoding);
                    Codec fast = new LibDeflateCodec(encoding, 6)) {
                ByteBuffer target = ByteBuffer.allocate(65536);
                jdk.decode(ByteBuffer.wrap(CodecContract.encoded(fast, content)), target);
                assertThat(target.array()).isEqualTo(content);
                target.clear();
                fast.decode(ByteBuffer.wrap(CodecContract.encoded(jdk, content)), target);
                assertThat(target.array()).isEqualTo(content);
            }
        }
    }

    @Test
    void picksTheBestAndSaysWhich() {
        try (Codec codec = Codecs.best().open(BlockEncoding.ZLIB);
                Codec slow = Codecs.jdk().open(BlockEncoding.ZLIB)) {
            boolean fast = Codecs.whyNoLibDeflate().isEmpty();
            assertThat(codec.library()).isEqualTo(fast ? "libdeflate" : "JDK");
            assertThat(slow.library()).isEqualTo("JDK");
            assertThat(Codecs.describe()).contains(fast ? "libdeflate" : "JDK").contains("zstd");
        }
    }

    private static void requireLibDeflate() {
        if (!Codecs.whyNoLibDeflate().isEmpty()) {
            System.out.println("skipped: libdeflate.so.0 not in use, install libdeflate0 to run the tests of it");
        }
        assumeTrue(
                Codecs.whyNoLibDeflate().isEmpty(),
                "libdeflate.so.0 not in use (" + Codecs.whyNoLibDeflate() + "): install libdeflate0 to run this test");
    }
}
