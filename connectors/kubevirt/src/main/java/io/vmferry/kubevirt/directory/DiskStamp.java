package io.vmferry.kubevirt.directory;

import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.plan.DiskPlan;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a begun disk is a copy of. A partial file whose stamp is another than the plan's cannot be continued.
 *
 * @param sourceVersion of the content that is being copied
 */
record DiskStamp(
        String schema,
        String sourceVersion,
        String format,
        @Nullable BlockEncoding encoding,
        long virtualSize) implements Records.Stamped {
    static final String SCHEMA = "vmferry.io/disk-begun/v1";

    DiskStamp {
        Objects.requireNonNull(schema, "schema");
    }

    static DiskStamp of(DiskPlan disk) {
        return new DiskStamp(SCHEMA, disk.sourceVersion(), disk.format(), disk.encoding(), disk.virtualSize());
    }
}
