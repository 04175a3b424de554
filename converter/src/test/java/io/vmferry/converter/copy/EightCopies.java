package io.vmferry.converter.copy;

import io.vmferry.converter.ImageFormats;
import io.vmferry.converter.testing.Disks;
import io.vmferry.spi.file.DirectStore;
import io.vmferry.spi.file.FileSource;
import io.vmferry.spi.file.FileStore;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.ByteStore;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.ImageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A program of its own, so that a test can give it little memory: copies one image to eight targets at once, of all kinds, and
 * prints their digests and the process's peak of resident memory.
 */
final class EightCopies {
    private static final int COPIES = 8;
    private static final @Nullable BlockEncoding[] ENCODINGS = {null, BlockEncoding.DEFLATE, BlockEncoding.ZSTD, null};

    private EightCopies() {}

    public static void main(String[] args) throws Exception {
        Path source = Path.of(args[0]);
        ExecutorService threads = Executors.newFixedThreadPool(COPIES);
        try {
            List<Future<String>> copies = new ArrayList<>();
            for (int i = 0; i < COPIES; i++) {
                int number = i;
                copies.add(threads.submit(() -> copy(source, number)));
            }
            for (Future<String> copy : copies) {
                System.out.println("digest " + copy.get());
            }
        } finally {
            threads.shutdownNow();
        }
        System.out.println("peak " + peak());
    }

    private static String copy(Path source, int number) {
        Path target = source.resolveSibling("target" + number);
        BlockEncoding encoding = ENCODINGS[number % ENCODINGS.length];
        String format = number % ENCODINGS.length == 0 ? "raw" : "qcow2";
        try (DiskImage image = ImageFormats.open(FileSource.open(source), Disks.NOBODY);
                ByteStore store = DirectStore.open(target);
                FileStore log = FileStore.open(source.resolveSibling("log" + number));
                ImageWriter writer = ImageFormats.writable(format).create(store, image.virtualSize(), encoding, null);
                DiskCopy copy = DiskCopy.start(
                        image, writer, CopyOptions.of("copy " + number).withThreads(2), null, log)) {
            copy.run();
            return String.valueOf(copy.finish().digest());
        }
    }

    /** MiB; -1 where the system does not tell. */
    private static long peak() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return -1;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(-1);
    }
}
