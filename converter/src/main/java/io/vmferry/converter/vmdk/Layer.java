package io.vmferry.converter.vmdk;

import io.vmferry.spi.image.DiskImage;
import org.jspecify.annotations.Nullable;

/**
 * One disk of a snapshot chain, or the only one.
 *
 * @param file in which it is described, for messages
 * @param image what it holds itself; its holes show the parent
 * @param descriptor null in files that have none, which nobody can know again
 */
record Layer(String file, DiskImage image, @Nullable Descriptor descriptor) {
    boolean hasParent() {
        return descriptor != null && descriptor.hasParent();
    }

    /** Without its folder, for people. */
    String shortName() {
        return file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    }
}
