package io.vmferry.converter.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.converter.ConverterError;
import io.vmferry.converter.copy.CopyOptions;
import io.vmferry.converter.copy.CopyState;
import io.vmferry.converter.copy.DiskCopy;
import io.vmferry.converter.copy.NoTarget;
import io.vmferry.converter.testing.BlkSum;
import io.vmferry.converter.testing.Disks;
import io.vmferry.converter.testing.MemoryStore;
import io.vmferry.converter.testing.SampleDisk;
import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.ErrorCode;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.ContentDigest;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.DiskStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class DiskContainerTest {
    private static final int SIZE = (2 << 20) + 512;
    private static final byte[] CONTENT = SampleDisk.content(161, SIZE);
    private static final byte[] VMDK = Disks.streamOptimized(CONTENT);

    @TempDir
    Path folder;

    @Test
    void tellsWhatThingsAreWrappedIn() {
        assertThat(wrapping(CONTENT)).isEqualTo(Wrapping.NONE);
        assertThat(wrapping(new byte[0])).isEqualTo(Wrapping.NONE);
        assertThat(wrapping(Packing.pack(Wrapping.GZIP, CONTENT))).isEqualTo(Wrapping.GZIP);
        assertThat(wrapping(Packing.pack(Wrapping.ZSTD, CONTENT))).isEqualTo(Wrapping.ZSTD);
        assertThat(wrapping(Packing.tar(Map.of("disk.img", CONTENT)))).isEqualTo(Wrapping.TAR);
        assertThat(wrapping(new byte[] {0x5f, 0x2a, 0x4d, 0x18})).isEqualTo(Wrapping.ZSTD);
    }

    /** Anything could be a raw disk, but these are not. */
    @ParameterizedTest
    @CsvSource({"fd377a585a0000, xz", "425a6839314159265359, bzip2", "504b030414, zip"})
    void refusesOtherCompression(String beginning, String name) {
        byte[] file = Arrays.copyOf(HexFormat.of().parseHex(beginning), 5000);
        assertFails(ContainerError.CONTAINER_UNSUPPORTED, name, () -> of(file, null));
        assertFails(ContainerError.CONTAINER_UNSUPPORTED, name, () -> PackedImage.ofPipe(Disks.stream(file)));
        byte[] archive = Packing.tar(Map.of("disk.img", file));
        assertFails(ContainerError.CONTAINER_UNSUPPORTED, name, () -> of(archive, null));
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void spoolsWhatHasToBeReadAnywhere(Wrapping wrapping) {
        byte[] packed = Packing.pack(wrapping, Packing.qcow2(CONTENT));
        assertFails(ConverterError.FORMAT_NOT_STREAMABLE, "qcow2", () -> stream(packed));
        assertFails(
                ContainerError.CONTAINER_NOT_SEEKABLE,
                "offset",
                () -> of(packed, null).image());
        try (DiskImage image = of(packed, null).spooled(folder)) {
            assertThat(Disks.read(image)).isEqualTo(CONTENT);
            assertThat(image.facts().format()).isEqualTo("qcow2");
        }
        assertThat(folder).isEmptyDirectory();
        byte[] cut = Arrays.copyOf(packed, packed.length / 2);
        assertThatThrownBy(() -> of(cut, null).spooled(folder)).isInstanceOf(VmferryException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void readsPipes(Wrapping wrapping) {
        for (byte[] bytes : List.of(VMDK, Packing.pack(wrapping, VMDK))) {
            try (DiskStream stream = PackedImage.ofPipe(Disks.stream(bytes)).stream()) {
                assertThat(digest(stream)).isEqualTo(BlkSum.of(CONTENT));
            }
        }
        byte[] raw = Packing.pack(wrapping, CONTENT);
        assertFails(ConverterError.FORMAT_NOT_STREAMABLE, "raw", () -> PackedImage.ofPipe(Disks.stream(raw)).stream());
        try (DiskImage image = PackedImage.ofPipe(Disks.stream(raw)).spooled(folder)) {
            assertThat(Disks.read(image)).isEqualTo(CONTENT);
        }
        byte[] tar = Packing.tar(Map.of("disk.img", CONTENT));
        for (byte[] bytes : List.of(tar, Packing.pack(wrapping, tar), Packing.pack(wrapping, raw))) {
            assertFails(ContainerError.CONTAINER_NESTED, "tar -xOf", () -> PackedImage.ofPipe(Disks.stream(bytes)));
        }
    }

    @Test
    void picksTheOneDiskOfAnArchive() {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("vm.ovf", "<Envelope/>".getBytes(StandardCharsets.UTF_8));
        assertFails(ContainerError.TAR_MEMBER_UNKNOWN, "vm.ovf", () -> of(Packing.tar(members), null));
        members.put("./disk1.vmdk", VMDK);
        byte[] one = Packing.tar(members);
        assertHolds(one, null);
        assertHolds(one, "disk1.vmdk");
        members.put("disk2", Packing.qcow2(CONTENT));
        byte[] two = Packing.tar(members);
        assertFails(ContainerError.TAR_MEMBER_AMBIGUOUS, "disk1.vmdk, disk2", () -> of(two, null));
        assertHolds(two, "disk1.vmdk");
        assertHolds(two, "./disk2");
        assertFails(ContainerError.TAR_MEMBER_UNKNOWN, "disk1.vmdk, disk2", () -> of(two, "disk3"));
        assertFails(ContainerError.TAR_MEMBER_UNKNOWN, "no tar archive", () -> of(VMDK, "disk1.vmdk"));
    }

    /** A member may be compressed itself; an archive inside an archive is not looked into. */
    @Test
    void readsACompressedMember() {
        byte[] archive = Packing.tar(Map.of("disk.vmdk.gz", Packing.pack(Wrapping.GZIP, VMDK)));
        assertThat(of(archive, null).isPacked()).isTrue();
        try (DiskStream stream = stream(archive)) {
            assertThat(digest(stream)).isEqualTo(BlkSum.of(CONTENT));
        }
        byte[] twice = Packing.tar(Map.of("inner.img", archive));
        assertFails(ContainerError.CONTAINER_NESTED, "inner.img", () -> of(twice, null));
    }

    /** Further files of a disk are other members, and nothing outside the archive. */
    @Test
    void findsExtentsInTheArchive() {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("disk.vmdk", descriptor("disk-flat.vmdk"));
        assertFails(CommonError.FILE_NOT_FOUND, "disk-flat.vmdk", () -> read(Packing.tar(members), null));
        members.put("disk-flat.vmdk", CONTENT);
        assertHolds(Packing.tar(members), null);
        members.put("disk.vmdk", descriptor("../../etc/shadow"));
        assertFails(CommonError.FILE_NOT_FOUND, "etc/shadow", () -> read(Packing.tar(members), null));
    }

    @Test
    void aCutArchiveIsAnError() {
        byte[] archive = Packing.tar(new LinkedHashMap<>(Map.of("disk.vmdk", VMDK)));
        int end = 512 + (VMDK.length + 511) / 512 * 512;
        for (int length = 512; length < end + 512; length += 1 + length / 7) {
            byte[] cut = Arrays.copyOf(archive, length);
            assertFails(ContainerError.TAR_TRUNCATED, "test.img", () -> of(cut, null));
        }
    }

    /** Whatever is flipped: the right content, or a coded error that names the file. */
    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD", "TAR"})
    void noticesDamage(Wrapping wrapping) {
        RandomGenerator random = SampleDisk.random(162);
        byte[] packed =
                wrapping == Wrapping.TAR ? Packing.tar(Map.of("disk.img", CONTENT)) : Packing.pack(wrapping, CONTENT);
        int failed = 0;
        for (int i = 0; i < 60; i++) {
            byte[] damaged = packed.clone();
            int at = random.nextInt(wrapping == Wrapping.TAR ? 512 : packed.length);
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            try (DiskContainer container = of(damaged, null)) {
                if (container.isPacked()) {
                    try (DiskStream stream = container.stream()) {
                        assertThat(digest(stream)).isEqualTo(BlkSum.of(CONTENT));
                    }
                }
            } catch (VmferryException e) {
                failed++;
                assertThat(e.code()).isNotEqualTo(CommonError.INTERNAL);
                assertThat(e.subject()).contains("test.img");
            }
        }
        assertThat(failed).isPositive();
    }

    /** The memory for a window is allocated before anything is decoded; a frame of 20 bytes must not get 2 GiB of it. */
    @Test
    void refusesAHugeWindow() {
        ByteBuffer frame = ByteBuffer.allocate(20);
        frame.putInt(0x28b52ffd).put((byte) 0).put((byte) (31 - 10 << 3)).put(new byte[] {1 + (4 << 3), 0, 0, 1, 2, 3, 4
        });
        byte[] bytes = Arrays.copyOf(frame.array(), frame.position());
        assertFails(ContainerError.ZSTD_WINDOW_TOO_LARGE, "128 MiB", () -> of(bytes, null).stream());
    }

    /** The virtual size bounds what is unpacked: a bomb behind the end of a disk is not followed. */
    @Test
    void doesNotFollowABomb() {
        byte[] bomb = Arrays.copyOf(VMDK, 200 << 20);
        byte[] packed = Packing.pack(Wrapping.ZSTD, bomb);
        assertThat(packed).hasSizeLessThan(VMDK.length + (100 << 10));
        assertThatThrownBy(() -> {
                    try (DiskStream stream = stream(packed)) {
                        digest(stream);
                    }
                })
                .isInstanceOfSatisfying(
                        VmferryException.class, e -> assertThat(e.code().name()).isEqualTo("VMDK_TRAILING_DATA"));
    }

    /** An archive of nothing but headers must not fill the memory. */
    @Test
    void readsOnlySoManyHeaders() {
        byte[] header = Arrays.copyOf(Packing.tar(Map.of("x", new byte[0])), 512);
        ByteSource endless = new ByteSource() {
            @Override
            public String name() {
                return "endless.tar";
            }

            @Override
            public long size() {
                return 1L << 40;
            }

            @Override
            public int read(long offset, ByteBuffer target) {
                int n = target.remaining();
                for (int i = 0; i < n; i++) {
                    target.put(header[(int) ((offset + i) % 512)]);
                }
                return n;
            }

            @Override
            public void close() {
                // Nothing to release.
            }
        };
        assertFails(ContainerError.TAR_DAMAGED, "headers", () -> DiskContainer.of(endless, Disks.NOBODY, null));
    }

    private static byte[] descriptor(String extent) {
        return """
                # Disk DescriptorFile
                version=1
                CID=fffffffe
                parentCID=ffffffff
                createType="monolithicFlat"
                RW %d FLAT "%s" 0
                """.formatted(SIZE / 512, extent).getBytes(StandardCharsets.UTF_8);
    }

    private static DiskContainer of(byte[] file, @Nullable String member) {
        return DiskContainer.of(new MemoryStore(file), Disks.NOBODY, member);
    }

    private static DiskStream stream(byte[] file) {
        return of(file, null).stream();
    }

    private static byte[] read(byte[] file, @Nullable String member) {
        try (DiskImage image = of(file, member).image()) {
            return Disks.read(image);
        }
    }

    private static void assertHolds(byte[] file, @Nullable String member) {
        assertThat(Arrays.mismatch(read(file, member), CONTENT)).isEqualTo(-1);
    }

    private static ContentDigest digest(DiskStream stream) {
        try (NoTarget nowhere = new NoTarget();
                DiskCopy copy = DiskCopy.start(stream, nowhere, CopyOptions.of("test.img"))) {
            assertThat(copy.run()).isEqualTo(CopyState.COMPLETE);
            return java.util.Objects.requireNonNull(copy.finish().digest());
        }
    }

    private static Wrapping wrapping(byte[] bytes) {
        return Wrapping.of(ByteBuffer.wrap(Arrays.copyOf(bytes, Math.min(bytes.length, 512))));
    }

    private static void assertFails(ErrorCode code, String words, Runnable action) {
        assertThatThrownBy(action::run).isInstanceOfSatisfying(VmferryException.class, e -> {
            assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
            assertThat(e.subject() + " " + e.reason() + " " + e.remedy()).contains(words);
        });
    }
}
