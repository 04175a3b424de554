package io.vmferry.vmware.files.pack;

import io.vmferry.spi.image.ByteSource;
import java.util.function.Supplier;

/**
 * One file of a package. Holds no open resource.
 *
 * @param name as the package calls it
 * @param path for messages: {@code web01.ova!disk1.vmdk}
 * @param size bytes
 * @param offset where it begins in its archive; 0 for a file of its own
 * @param stamp of the file itself, or of the archive it lies in
 * @param opener opens it; the caller owns what it gives
 */
public record PackageFile(String name, String path, long size, long offset, Stamp stamp, Supplier<ByteSource> opener) {
    public ByteSource open() {
        return opener.get();
    }
}
