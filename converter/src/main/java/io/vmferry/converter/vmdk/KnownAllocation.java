package io.vmferry.converter.vmdk;

import io.vmferry.spi.image.Extent;
import io.vmferry.spi.plan.ImageSummary;
import org.jspecify.annotations.Nullable;

/** An image whose tables tell what its extents would tell only after a walk over the whole file. */
public interface KnownAllocation {
    /**
     * What the image holds, from its tables. Stored bytes include what lies between the grains: markers and padding, about
     * one in fifty.
     *
     * @return null where the tables do not tell and the extents must be walked
     */
    @Nullable
    ImageSummary summary();

    /**
     * As {@link io.vmferry.spi.image.DiskImage#extentAt}, from the tables alone: what is compressed counts as data, and many blocks
     * of it are one extent.
     */
    Extent allocationAt(long offset);
}
