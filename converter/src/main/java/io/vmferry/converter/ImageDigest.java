package io.vmferry.converter;

import io.vmferry.converter.copy.CopyOptions;
import io.vmferry.converter.copy.CopyResult;
import io.vmferry.converter.copy.CopyState;
import io.vmferry.converter.copy.DiskCopy;
import io.vmferry.converter.copy.NoTarget;
import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ContentDigest;
import io.vmferry.spi.image.DiskImage;

/** The content digest of an image: a copy to nowhere. */
public final class ImageDigest {
    private ImageDigest() {}

    /** Reads the whole image with that many threads. The image stays the caller's. */
    public static ContentDigest of(DiskImage image, int threads) {
        return of(image, CopyOptions.of(image.facts().format() + " image").withThreads(threads));
    }

    /** As {@link #of(DiskImage, int)} with a name for messages, progress and the like. */
    public static ContentDigest of(DiskImage image, CopyOptions options) {
        ContentDigest digest = read(image, options.withVerify(true)).digest();
        if (digest == null) {
            throw new IllegalStateException("a verified copy has a digest");
        }
        return digest;
    }

    /** Reads the whole image for whatever digests the options ask. The image stays the caller's. */
    public static CopyResult read(DiskImage image, CopyOptions options) {
        try (NoTarget nowhere = new NoTarget();
                DiskCopy copy = DiskCopy.start(image, nowhere, options, null, null)) {
            if (copy.run() == CopyState.STOPPED) {
                throw new VmferryException(
                        CommonError.CANCELLED,
                        options.source(),
                        "the digest was interrupted",
                        "Run the command again.");
            }
            return copy.finish();
        }
    }
}
