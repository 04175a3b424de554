package io.vmferry.batch.migration;

import io.vmferry.spi.plan.DiskPlan;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Long work on one disk that is done in slices, can be stopped between them, and continued by another process. */
interface DiskWork extends AutoCloseable {
    /**
     * Moves on for about that long.
     *
     * @return true when all is done
     */
    boolean slice(Duration budget);

    /** What another process needs in order to go on from here; null: it starts from the beginning. */
    @Nullable
    String checkpoint();

    /** Makes the slice under way return soon. From any thread. */
    void requestStop();

    @Override
    void close();

    /** Begins or continues. */
    interface Factory {
        /** Step name of the partitions. */
        String name();

        DiskWork open(VmMigration migration, DiskPlan disk, @Nullable String checkpoint);
    }
}
