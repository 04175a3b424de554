package io.vmferry.converter.bench;

import io.vmferry.converter.ImageFormats;
import io.vmferry.converter.codec.Codecs;
import io.vmferry.converter.copy.CopyOptions;
import io.vmferry.converter.copy.CopyResult;
import io.vmferry.converter.copy.DiskCopy;
import io.vmferry.spi.file.FileSource;
import io.vmferry.spi.file.FileStore;
import io.vmferry.spi.file.FolderSiblings;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.ImageWriter;
import java.nio.file.Path;

/** Converts one file to another and prints what it took: source, target, target format, encoding or "-", verify or "-". */
public final class ConvertBench {
    private ConvertBench() {}

    public static void main(String[] args) {
        long begin = System.nanoTime();
        Path from = Path.of(args[0]).toAbsolutePath();
        BlockEncoding encoding = args[3].equals("-") ? null : BlockEncoding.valueOf(args[3]);
        CopyOptions options = CopyOptions.of(args[0]).withVerify(args[4].equals("verify"));
        try (DiskImage image = ImageFormats.open(FileSource.open(from), new FolderSiblings(from.getParent()));
                FileStore store = FileStore.open(Path.of(args[1]));
                ImageWriter writer = ImageFormats.writable(args[2]).create(store, image.virtualSize(), encoding, null);
                DiskCopy copy = DiskCopy.start(image, writer, options, null, null)) {
            System.out.println(copy.run());
            long copied = System.nanoTime();
            CopyResult result = copy.finish();
            System.out.println(result);
            System.out.printf(
                    "%.2f s, finish %.2f s, %s%n",
                    (System.nanoTime() - begin) / 1e9, (System.nanoTime() - copied) / 1e9, Codecs.describe());
        }
    }
}
