package io.vmferry.converter.container;

import io.vmferry.converter.testing.Disks;
import io.vmferry.converter.testing.MemoryStore;
import io.vmferry.converter.testing.SampleDisk;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.DiskStream;
import io.vmferry.spi.testing.DiskImageContract;
import io.vmferry.spi.testing.DiskStreamContract;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** Images inside of something, against the contracts of all images and streams. */
class ContainerContractsTest {
    private static final byte[] CONTENT = content();

    /** Data, holes in the middle and at the end, and a length that is no multiple of a block. */
    private static byte[] content() {
        byte[] content = SampleDisk.content(151, (3 << 20) + 1536);
        Arrays.fill(content, 5 << 19, content.length, (byte) 0);
        return content;
    }

    abstract static class OneStream extends DiskStreamContract {
        private final byte[] packed;

        OneStream(Wrapping wrapping, byte[] image) {
            packed = Packing.pack(wrapping, image);
        }

        @Override
        protected DiskStream open() {
            return DiskContainer.of(new MemoryStore(packed), Disks.NOBODY, null).stream();
        }

        @Override
        protected byte[] content() {
            return CONTENT;
        }
    }

    @Nested
    class RawInGzip extends OneStream {
        RawInGzip() {
            super(Wrapping.GZIP, CONTENT);
        }
    }

    @Nested
    class RawInZstd extends OneStream {
        RawInZstd() {
            super(Wrapping.ZSTD, CONTENT);
        }
    }

    @Nested
    class VmdkInGzip extends OneStream {
        VmdkInGzip() {
            super(Wrapping.GZIP, Disks.streamOptimized(CONTENT));
        }
    }

    @Nested
    class VmdkInZstd extends OneStream {
        VmdkInZstd() {
            super(Wrapping.ZSTD, Disks.streamOptimized(CONTENT));
        }
    }

    abstract static class OneMember extends DiskImageContract {
        private final byte[] archive;

        OneMember(String name, byte[] image) {
            Map<String, byte[]> members = new LinkedHashMap<>();
            members.put("vm.ovf", "<Envelope/>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            members.put(name, image);
            members.put("vm.mf", new byte[700]);
            archive = Packing.tar(members);
        }

        @Override
        protected DiskImage open() {
            return DiskContainer.of(new MemoryStore(archive), Disks.NOBODY, null)
                    .image();
        }

        @Override
        protected byte[] content() {
            return CONTENT;
        }
    }

    @Nested
    class RawInTar extends OneMember {
        RawInTar() {
            super("disk.img", CONTENT);
        }
    }

    @Nested
    class VmdkInTar extends OneMember {
        VmdkInTar() {
            super("a/" + "very/".repeat(40) + "long/name.vmdk", Disks.streamOptimized(CONTENT));
        }
    }

    @Nested
    class Qcow2InTar extends OneMember {
        Qcow2InTar() {
            super("./0b9cd73a-3a52-4f0c-8a36-1c0c2c6a3d52", Packing.qcow2(CONTENT));
        }
    }
}
