package io.vmferry.cli;

import io.vmferry.batch.BatchError;
import io.vmferry.batch.Endpoints;
import io.vmferry.batch.inventory.InventoryFile;
import io.vmferry.batch.inventory.OfflineSource;
import io.vmferry.rules.model.MigrationFile;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.source.SourceConfig;
import java.nio.file.Path;
import java.util.Map;

/** The sources of a migration as a saved inventory knows them. */
final class OfflineEndpoints {
    private OfflineEndpoints() {}

    static Endpoints of(MigrationFile migration, Path inventory) {
        Map<String, OfflineSource> saved = InventoryFile.read(inventory);
        for (SourceConfig source : migration.sources()) {
            if (!saved.containsKey(source.name())) {
                throw new VmferryException(
                        BatchError.SOURCE_UNKNOWN,
                        inventory.toString(),
                        "it has no source " + source.name() + ", only " + String.join(", ", saved.keySet()),
                        "Save the inventory with this migration file: vmferry inventory -f FILE --save INVENTORY.");
            }
        }
        return Endpoints.with(saved, migration.sources(), migration.target());
    }
}
