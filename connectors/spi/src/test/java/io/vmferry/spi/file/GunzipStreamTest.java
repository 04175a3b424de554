package io.vmferry.spi.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GunzipStreamTest {
    private static final int SEED = 71;
    private static final byte[] CONTENT = content(700_000);

    @Test
    void unpacksMembersInPiecesOfAnySize() {
        byte[] packed = joined(gzip(Arrays.copyOf(CONTENT, 300_000)), gzip(new byte[0]), gzip(rest(300_000)));
        for (int piece : new int[] {1000, 65536, 1 << 20}) {
            for (boolean direct : new boolean[] {true, false}) {
                assertThat(unpack(packed, piece, direct)).isEqualTo(CONTENT);
            }
        }
    }

    /** Everything that RFC 1952 allows in a member's head. */
    @Test
    void readsAnyHead() {
        byte[] plain = gzip(CONTENT);
        byte[] body = Arrays.copyOfRange(plain, 10, plain.length);
        byte[] head = {0x1f, (byte) 0x8b, 8, 2 + 4 + 8 + 16, 1, 2, 3, 4, 2, 3};
        byte[] extra = {3, 0, 'a', 'b', 'c'};
        byte[] texts = "disk.vmdk\0exported\0".getBytes(StandardCharsets.UTF_8);
        byte[] packed = joined(head, extra, texts, new byte[] {5, 6}, body, plain);
        assertThat(unpack(packed, 1 << 16, true)).isEqualTo(joined(CONTENT, CONTENT));
        byte[] unknown = plain.clone();
        unknown[3] = (byte) 0x20;
        assertFails(unknown, CommonError.GZIP_DAMAGED, "head at offset 4");
    }

    @Test
    void allowsPaddingWithZerosAndNothingElse() {
        byte[] packed = gzip(CONTENT);
        assertThat(unpack(joined(packed, new byte[100_000]), 1 << 16, true)).isEqualTo(CONTENT);
        assertFails(joined(packed, new byte[] {0, 0, 7}), CommonError.GZIP_DAMAGED, "no gzip");
        assertFails(joined(packed, new byte[] {1, 2, 3}), CommonError.GZIP_DAMAGED, "no gzip");
    }

    @Test
    void aCutAnywhereIsAnError() {
        byte[] first = gzip(rest(650_000));
        byte[] packed = joined(first, gzip(Arrays.copyOf(CONTENT, 3000)));
        int second = first.length;
        for (int length = 0; length < packed.length; length += length > second - 20 ? 1 : 97) {
            if (length != second) {
                assertFails(Arrays.copyOf(packed, length), CommonError.GZIP_TRUNCATED, "at offset " + length);
            }
        }
    }

    /** No flipped bit may give other content without a word. */
    @Test
    void noticesDamage() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        byte[] packed = gzip(Arrays.copyOf(CONTENT, 100_000));
        for (int i = 0; i < 400; i++) {
            byte[] damaged = packed.clone();
            damaged[random.nextInt(packed.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(unpack(damaged, 1 << 16, true)).isEqualTo(Arrays.copyOf(CONTENT, 100_000));
            } catch (VmferryException e) {
                assertThat(e.code()).isIn(CommonError.GZIP_DAMAGED, CommonError.GZIP_TRUNCATED);
                assertThat(e.subject()).contains("disk.gz").contains("offset");
            }
        }
    }

    @Test
    void refusesWhatIsNoGzipAndClosesIt() {
        boolean[] closed = new boolean[1];
        ByteStream stream = stream(CONTENT, closed);
        assertThatThrownBy(() -> new GunzipStream(stream)).isInstanceOf(VmferryException.class);
        assertThat(closed[0]).isTrue();
    }

    private static void assertFails(byte[] packed, CommonError code, String words) {
        assertThatThrownBy(() -> unpack(packed, 1 << 16, true)).isInstanceOfSatisfying(VmferryException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.subject() + " " + e.reason()).contains(words);
        });
    }

    private static byte[] unpack(byte[] packed, int piece, boolean direct) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (GunzipStream stream = new GunzipStream(stream(packed, new boolean[1]))) {
            ByteBuffer target = direct ? ByteBuffer.allocateDirect(piece) : ByteBuffer.allocate(piece);
            while (stream.read(target.clear()) > 0) {
                byte[] got = new byte[target.flip().remaining()];
                target.get(got);
                content.writeBytes(got);
            }
            assertThat(stream.read(target.clear())).isZero();
        }
        return content.toByteArray();
    }

    private static ByteStream stream(byte[] bytes, boolean[] closed) {
        return new ByteStream() {
            private int at;

            @Override
            public String name() {
                return "disk.gz";
            }

            @Override
            public int read(ByteBuffer target) {
                int n = Math.min(target.remaining(), bytes.length - at);
                target.put(bytes, at, n);
                at += n;
                return n;
            }

            @Override
            public void close() {
                closed[0] = true;
            }
        };
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return packed.toByteArray();
    }

    private static byte[] rest(int from) {
        return Arrays.copyOfRange(CONTENT, from, CONTENT.length);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] content(int size) {
        Random random = new Random(SEED);
        byte[] content = new byte[size];
        for (int i = 0; i < size; i++) {
            content[i] = (byte) (i / 50_000 % 3 == 0 ? 0 : random.nextInt(i / 50_000 % 3 == 1 ? 256 : 12));
        }
        return content;
    }
}
