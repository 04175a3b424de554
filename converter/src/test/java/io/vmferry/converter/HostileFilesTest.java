package io.vmferry.converter;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.converter.testing.FuzzBounds;
import io.vmferry.converter.testing.FuzzFolder;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.EncodedBlock;
import io.vmferry.spi.image.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files of a mebibyte whose fields say impossible things, one at a time: each is an image or a coded error, for little time and
 * memory. The inputs of the fuzz tests serve as what is sound about them.
 */
class HostileFilesTest {
    private static final Path INPUTS = Path.of("src/test/resources/io/vmferry/converter");
    private static final int MIB = 1 << 20;
    /** Bytes at the start in which all fields that say sizes, numbers and places lie. */
    private static final int HEADER = 112;

    private static final int PIECE = 64 << 10;
    private static final int LOOKS = 3000;
    private static final long[] VALUES = {
        0, 1, 9, 31, 0x1_0000, 0x20_0000, 0x7fff_ffffL, 0xffff_ffffL, 1L << 41, Long.MAX_VALUE, -1
    };

    static Stream<Path> images() throws IOException {
        try (Stream<Path> files = Files.walk(INPUTS)) {
            List<Path> found = files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("descriptor"))
                    .sorted()
                    .toList();
            assertThat(found).hasSizeGreaterThan(15);
            return found.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("images")
    void noFieldMakesItDear(Path input) throws IOException {
        byte[] sound = Files.readAllBytes(input);
        boolean bigEndian = input.toString().contains("qcow2");
        byte[] large = Arrays.copyOf(sound, MIB);
        // What follows the file's own end looks like tables, too.
        for (int at = sound.length; at < MIB; at++) {
            large[at] = large[at % sound.length];
        }
        for (int at = 4; at < HEADER; at += 4) {
            for (long value : VALUES) {
                byte[] hostile = large.clone();
                ByteBuffer fields =
                        ByteBuffer.wrap(hostile).order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
                if (value == (int) value || value >>> 32 == 0) {
                    fields.putInt(at, (int) value);
                } else {
                    fields.putLong(at, value);
                }
                open(hostile);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("images")
    void noBytesMakeItFailOtherwise(Path input) throws IOException {
        byte[] sound = Files.readAllBytes(input);
        long seed = 4711 + sound.length;
        System.out.println("HostileFilesTest seed " + seed);
        RandomGenerator random = new java.util.Random(seed);
        for (int round = 0; round < 100; round++) {
            byte[] hostile =
                    Arrays.copyOf(sound, random.nextBoolean() ? sound.length : random.nextInt(sound.length + 1));
            for (int i = random.nextInt(8); i >= 0 && hostile.length > 0; i--) {
                int at = random.nextInt(random.nextBoolean() ? Math.min(hostile.length, 4096) : hostile.length);
                hostile[at] = (byte) (random.nextBoolean() ? random.nextInt() : hostile[at] ^ 1 << random.nextInt(8));
            }
            open(hostile);
        }
    }

    /** A mebibyte of descriptor, all of one line. */
    @Test
    void longTextsAreCheap() {
        List<byte[]> texts = new ArrayList<>();
        for (String line :
                new String[] {"\n", "RW 1 ZERO\n", "RW 8 FLAT \"0\" 0\n", "#\r\n", "a=b\n", "ddb.x = \"y\"\n"}) {
            String head =
                    "# Disk DescriptorFile\nversion=1\nCID=1\nparentCID=ffffffff\ncreateType=\"monolithicFlat\"\n";
            byte[] text =
                    (head + line.repeat((MIB - head.length()) / line.length())).getBytes(StandardCharsets.US_ASCII);
            texts.add(text);
        }
        texts.forEach(HostileFilesTest::open);
    }

    private static void open(byte[] file) {
        FuzzFolder folder = new FuzzFolder(file);
        FuzzBounds.hold(() -> {
            try (DiskImage image = ImageFormats.open(folder.first(), folder)) {
                ImageScan.scan(image);
                look(image);
            }
        });
    }

    /** Looks at many extents, and reads a little of each and of the end. */
    private static void look(DiskImage image) {
        ByteBuffer buffer = ByteBuffer.allocate(PIECE);
        long size = image.virtualSize();
        int looks = 0;
        for (long at = 0; at < size && looks < LOOKS; looks++) {
            Extent extent = image.extentAt(at);
            EncodedBlock block = extent.encoded();
            if (block != null && block.size() <= PIECE) {
                image.readEncoded(extent, buffer.clear());
            }
            if (looks % 50 == 0) {
                image.read(at, buffer.clear().limit((int) Math.min(PIECE, extent.end() - at)));
            }
            at = extent.end();
        }
        if (size > 0) {
            image.read(size - 1, buffer.clear().limit(1));
        }
    }
}
