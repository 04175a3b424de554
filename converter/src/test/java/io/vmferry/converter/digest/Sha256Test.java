package io.vmferry.converter.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vmferry.converter.testing.SampleDisk;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All implementations against the contract, and how one is picked. */
class Sha256Test {
    @Nested
    class Jdk extends Contract {
        @Override
        Sha256 open() {
            return new JdkSha256();
        }
    }

    @Nested
    class Crypto extends Contract {
        @BeforeEach
        void required() {
            String whyNot = Sha256s.whyNoLibCrypto();
            if (!whyNot.isEmpty()) {
                System.out.println("skipped: libcrypto.so.3 not in use, install libssl3 to run the tests of it");
            }
            assumeTrue(
                    whyNot.isEmpty(), "libcrypto.so.3 not in use (" + whyNot + "): install libssl3 to run this test");
        }

        @Override
        Sha256 open() {
            return new CryptoSha256();
        }
    }

    @Test
    void picksTheBestAndSaysWhich() {
        boolean fast = Sha256s.whyNoLibCrypto().isEmpty();
        assertThat(Sha256s.best().library()).isEqualTo(fast ? "libcrypto.so.3" : "JDK");
        assertThat(Sha256s.describe()).contains(fast ? "libcrypto.so.3" : "JDK");
    }

    abstract static class Contract {
        abstract Sha256 open();

        @Test
        void givesTheDigestsOfTheStandard() {
            assertThat(hex(open(), "")).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
            assertThat(hex(open(), "abc"))
                    .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 55, 56, 63, 64, 65, 4095, 65535, 65536})
        void doesNotDependOnTheKindOfBuffer(int length) {
            byte[] content = SampleDisk.content(length, length);
            byte[] expected = JdkSha256.create().digest(content);
            Sha256 sha256 = open();
            ByteBuffer heap = ByteBuffer.allocate(length + 20).position(7);
            ByteBuffer direct = ByteBuffer.allocateDirect(length + 20).position(13);
            ByteBuffer sealed = ByteBuffer.wrap(content).asReadOnlyBuffer();
            for (ByteBuffer buffer : new ByteBuffer[] {heap, direct, sealed}) {
                int at = buffer.position();
                if (!buffer.isReadOnly()) {
                    buffer.put(at, content);
                    buffer.limit(at + length);
                }
                byte[] target = new byte[50];
                sha256.digest(buffer, target, 9);
                assertThat(Arrays.copyOfRange(target, 9, 41)).isEqualTo(expected);
                assertThat(target[8]).isZero();
                assertThat(target[41]).isZero();
                assertThat(buffer.position()).isEqualTo(at);
                assertThat(buffer.remaining()).isEqualTo(length);
            }
        }

        private static String hex(Sha256 sha256, String text) {
            byte[] content = text.getBytes(StandardCharsets.US_ASCII);
            byte[] target = new byte[BlkHash.DIGEST];
            sha256.digest(ByteBuffer.allocateDirect(content.length).put(content).flip(), target, 0);
            return HexFormat.of().formatHex(target);
        }
    }
}
