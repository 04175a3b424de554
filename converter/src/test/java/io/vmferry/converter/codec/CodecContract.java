package io.vmferry.converter.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.converter.testing.SampleDisk;
import io.vmferry.spi.error.VmferryException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Codec} does. */
abstract class CodecContract {
    /** A new codec; the test closes it. */
    abstract Codec open();

    /** Whether a changed byte of content is noticed whatever it is. */
    abstract boolean hasChecksum();

    @ParameterizedTest
    @ValueSource(ints = {1, 511, 4096, 65535, 65536, 65537, 1 << 20})
    void givesBackTheContent(int size) {
        byte[] content = SampleDisk.content(size, size);
        try (Codec codec = open()) {
            for (boolean direct : new boolean[] {true, false}) {
                ByteBuffer target = buffer(size, direct);
                ByteBuffer payload = wrap(encoded(codec, content), direct);
                codec.decode(payload, target);
                assertThat(payload.hasRemaining()).isFalse();
                assertThat(bytes(target)).isEqualTo(content);
            }
        }
    }

    @Test
    void worksBetweenPositionAndLimit() {
        byte[] content = SampleDisk.content(1, 65536);
        try (Codec codec = open()) {
            byte[] payload = encoded(codec, content);
            ByteBuffer in = ByteBuffer.allocateDirect(payload.length + 30);
            in.position(13).put(payload).limit(13 + payload.length).position(13);
            ByteBuffer out = ByteBuffer.allocateDirect(65536 + 50);
            out.position(7).limit(7 + 65536);
            codec.decode(in, out);
            assertThat(in.position()).isEqualTo(13 + payload.length);
            assertThat(out.position()).isEqualTo(7 + 65536);
            byte[] got = new byte[65536];
            out.get(7, got);
            assertThat(got).isEqualTo(content);
            assertThat(out.get(6)).isZero();
        }
    }

    @Test
    void leavesWhatFollowsTheBlock() {
        byte[] content = SampleDisk.content(2, 65536);
        try (Codec codec = open()) {
            byte[] payload = encoded(codec, content);
            ByteBuffer padded = ByteBuffer.allocateDirect(payload.length + 300);
            padded.put(payload);
            while (padded.hasRemaining()) {
                padded.put((byte) 0x5a);
            }
            ByteBuffer target = ByteBuffer.allocateDirect(65536);
            codec.decode(padded.flip(), target);
            assertThat(padded.position()).isEqualTo(payload.length);
            assertThat(bytes(target)).isEqualTo(content);
        }
    }

    @Test
    void tellsAWrongSize() {
        byte[] content = SampleDisk.content(3, 65536);
        try (Codec codec = open()) {
            byte[] payload = encoded(codec, content);
            for (int size : new int[] {1, 65535, 65537, 70000}) {
                assertRefused(
                        () -> codec.decode(wrap(payload, true), ByteBuffer.allocateDirect(size)),
                        CodecError.BLOCK_WRONG_SIZE);
            }
            ByteBuffer roomy = ByteBuffer.allocateDirect(70000);
            assertThat(codec.decodeUpTo(wrap(payload, true), roomy)).isEqualTo(65536);
            assertThat(roomy.position()).isEqualTo(65536);
        }
    }

    @Test
    void tellsABlockThatIsCutShort() {
        byte[] content = SampleDisk.content(4, 65536);
        try (Codec codec = open()) {
            byte[] payload = encoded(codec, content);
            for (int size = 0; size < payload.length; size += 1 + payload.length / 40) {
                byte[] cut = Arrays.copyOf(payload, size);
                // A decoder may run into made-up bytes behind the end and find too much content there.
                assertRefused(() -> codec.decode(wrap(cut, true), ByteBuffer.allocateDirect(65536)));
            }
            byte[] almost = Arrays.copyOf(payload, payload.length - 1);
            assertRefused(() -> codec.decode(wrap(almost, true), ByteBuffer.allocateDirect(65536)));
        }
    }

    @Test
    void survivesDamage() {
        RandomGenerator random = SampleDisk.random(5);
        byte[] content = SampleDisk.content(5, 65536);
        try (Codec codec = open()) {
            byte[] payload = encoded(codec, content);
            int unnoticed = 0;
            for (int i = 0; i < 500; i++) {
                byte[] damaged = payload.clone();
                damaged[random.nextInt(payload.length)] ^= (byte) (1 << random.nextInt(8));
                ByteBuffer target = ByteBuffer.allocateDirect(65536);
                try {
                    codec.decode(wrap(damaged, true), target);
                    unnoticed += Arrays.equals(bytes(target), content) ? 0 : 1;
                } catch (VmferryException e) {
                    assertThat(e.code()).isIn(CodecError.BLOCK_CORRUPT, CodecError.BLOCK_WRONG_SIZE);
                }
            }
            if (hasChecksum()) {
                assertThat(unnoticed).isZero();
            }
            ByteBuffer target = ByteBuffer.allocateDirect(65536);
            codec.decode(wrap(payload, true), target);
            assertThat(bytes(target)).as("after all that").isEqualTo(content);
        }
    }

    @Test
    void tellsNoiseApart() {
        byte[] noise = new byte[65536];
        SampleDisk.random(6).nextBytes(noise);
        try (Codec codec = open()) {
            ByteBuffer content = wrap(noise, true);
            ByteBuffer payload = ByteBuffer.allocateDirect(65535);
            assertThat(codec.encode(content, payload)).isFalse();
            assertThat(content.position()).isZero();
            assertThat(payload.position()).isZero();
            assertThat(codec.encode(wrap(noise, false), ByteBuffer.allocate(10)))
                    .isFalse();
            assertThat(bytesOf(codec, encoded(codec, noise), 65536)).isEqualTo(noise);
        }
    }

    @Test
    void givesTheSameBytesAgain() {
        byte[] content = SampleDisk.content(7, 65536);
        try (Codec codec = open();
                Codec other = open()) {
            byte[] payload = encoded(codec, content);
            encoded(codec, SampleDisk.content(8, 65536));
            assertThat(encoded(codec, content)).isEqualTo(payload);
            assertThat(encoded(other, content)).isEqualTo(payload);
        }
    }

    @Test
    void worksForManyThreadsWithACodecEach() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                byte[] content = SampleDisk.content(100 + t, 65536);
                all.add(pool.submit(() -> {
                    try (Codec codec = open()) {
                        for (int i = 0; i < 50; i++) {
                            assertThat(bytesOf(codec, encoded(codec, content), 65536))
                                    .isEqualTo(content);
                        }
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    static byte[] encoded(Codec codec, byte[] content) {
        ByteBuffer payload = ByteBuffer.allocateDirect(content.length + content.length / 8 + 1024);
        ByteBuffer source = wrap(content, true);
        assertThat(codec.encode(source, payload)).isTrue();
        assertThat(source.hasRemaining()).isFalse();
        return bytes(payload);
    }

    private static byte[] bytesOf(Codec codec, byte[] payload, int size) {
        ByteBuffer target = ByteBuffer.allocateDirect(size);
        codec.decode(wrap(payload, true), target);
        return bytes(target);
    }

    private static void assertRefused(Runnable action, CodecError... codes) {
        Object[] expected =
                codes.length > 0 ? codes : new Object[] {CodecError.BLOCK_CORRUPT, CodecError.BLOCK_WRONG_SIZE};
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        VmferryException.class, e -> assertThat(e.code()).isIn(expected));
    }

    static ByteBuffer buffer(int size, boolean direct) {
        return direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
    }

    static ByteBuffer wrap(byte[] bytes, boolean direct) {
        return buffer(bytes.length, direct).put(bytes).flip();
    }

    private static byte[] bytes(ByteBuffer filled) {
        byte[] bytes = new byte[filled.position()];
        filled.get(0, bytes);
        return bytes;
    }
}
