package io.vmferry.converter.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vmferry.converter.testing.SampleDisk;
import io.vmferry.spi.image.BlockEncoding;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    @ParameterizedTest
    @EnumSource
    void aHigherLevelIsSmallerAndReadByTheUsualCodec(BlockEncoding encoding) {
        byte[] content = words(65536);
        try (Codec fastest = Codecs.best(encoding, 1).open(encoding);
                Codec smallest =
                        Codecs.best(encoding, Codecs.highestLevel(encoding)).open(encoding);
                Codec reader = Codecs.best().open(encoding)) {
            byte[] large = CodecContract.encoded(fastest, content);
            byte[] small = CodecContract.encoded(smallest, content);
            assertThat(small).hasSizeLessThan(large.length);
            for (byte[] payload : new byte[][] {large, small}) {
                ByteBuffer target = ByteBuffer.allocate(65536);
                reader.decode(ByteBuffer.wrap(payload), target);
                assertThat(target.array()).isEqualTo(content);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesALevelThatALibraryMayNotHave(BlockEncoding encoding) {
        for (int level : new int[] {0, Codecs.highestLevel(encoding) + 1}) {
            assertThatThrownBy(() -> Codecs.best(encoding, level)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aLevelIsForItsOwnEncodingOnly() {
        CodecProvider codecs = Codecs.best(BlockEncoding.ZSTD, Codecs.highestLevel(BlockEncoding.ZSTD));
        byte[] content = SampleDisk.content(13, 65536);
        try (Codec deflate = codecs.open(BlockEncoding.DEFLATE);
                Codec usual = Codecs.best().open(BlockEncoding.DEFLATE)) {
            assertThat(CodecContract.encoded(deflate, content)).isEqualTo(CodecContract.encoded(usual, content));
        }
    }

    /** Compresses the better the longer one looks, which random bytes don't. */
    private static byte[] words(int size) {
        RandomGenerator random = new SplittableRandom(14);
        StringBuilder text = new StringBuilder();
        while (text.length() < size) {
            text.append(Integer.toString(random.nextInt(300) * 7919, 7)).append(' ');
        }
        return text.substring(0, size).getBytes(StandardCharsets.US_ASCII);
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
