package io.vmferry.converter.copy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.vmferry.converter.ImageFormats;
import io.vmferry.converter.testing.Disks;
import io.vmferry.converter.testing.MemoryStore;
import io.vmferry.converter.testing.SampleDisk;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.ImageWriter;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Workers allocate no buffer per block: what is left of a block in the heap are the few small objects that describe it. Printed
 * per GiB of disk.
 */
class GarbageTest {
    private static final int SIZE = 64 << 20;
    /** Generous, and still a fraction of one block of 64 KiB. */
    private static final long MOST_PER_BLOCK = 16 << 10;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void aBlockLeavesNoBuffersBehind() {
        byte[] content = new byte[SIZE];
        SampleDisk.random(131).nextBytes(content);
        for (int at = 0; at < SIZE; at += 65536) {
            // All but the start repeats, so that it shrinks.
            Arrays.fill(content, at + 4096, at + 65536, (byte) at);
        }
        byte[] vmdk = Disks.streamOptimized(content);
        measure("raw to raw", content, "raw", null);
        measure("raw to qcow2 zlib", content, "qcow2", BlockEncoding.DEFLATE);
        measure("raw to vmdk", content, "vmdk", BlockEncoding.ZLIB);
        measure("vmdk to raw", vmdk, "raw", null);
        measure("vmdk to qcow2 zlib", vmdk, "qcow2", BlockEncoding.DEFLATE);
        measure("vmdk to qcow2 zstd", vmdk, "qcow2", BlockEncoding.ZSTD);
        measure("vmdk to vmdk", vmdk, "vmdk", BlockEncoding.ZLIB);
    }

    private static void measure(String what, byte[] source, String format, @Nullable BlockEncoding encoding) {
        long warm = allocated(source, format, encoding);
        long again = allocated(source, format, encoding);
        long perBlock = Math.min(warm, again) / (SIZE / 65536);
        System.out.println(
                "GarbageTest " + what + ": " + perBlock + " bytes a block, " + perBlock * 16384 / 1024 + " KiB a GiB");
        assertThat(perBlock).as(what).isLessThan(MOST_PER_BLOCK);
    }

    /** By the workers, after each has seen a first part of the disk. */
    private static long allocated(byte[] source, String format, @Nullable BlockEncoding encoding) {
        MemoryStore target = new MemoryStore(new byte[2 * SIZE]);
        try (DiskImage image = Disks.open(source);
                ImageWriter writer = ImageFormats.writable(format).create(target, image.virtualSize(), encoding, null);
                DiskCopy copy =
                        DiskCopy.start(image, writer, CopyOptions.of("disk").withThreads(2), null, null)) {
            assertThat(copy.run()).isEqualTo(CopyState.COMPLETE);
            copy.finish();
            return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                    .filter(thread -> thread != null && thread.getThreadName().startsWith("disk-copy-"))
                    .mapToLong(thread -> THREADS.getThreadAllocatedBytes(thread.getThreadId()))
                    .sum();
        }
    }
}
