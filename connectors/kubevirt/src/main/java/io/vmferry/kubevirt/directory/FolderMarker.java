package io.vmferry.kubevirt.directory;

import io.vmferry.spi.plan.VmPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Says whose folder this is; the folder's counterpart of labels.
 *
 * @param migration name of the migration
 * @param vm {@link VmPlan#key}
 * @param source name of the source in the migration file
 * @param sourceKey and sourceName what the source tells the VM apart by, and shows
 * @param manifests names of files that were written by {@code createVm}, with the SHA-256 of what was written last and of what
 *     was written before, so that an edit by hand is told from an old manifest
 */
record FolderMarker(
        String schema,
        String migration,
        String vm,
        String source,
        String sourceKey,
        String sourceName,
        Map<String, List<String>> manifests)
        implements Records.Stamped {
    static final String SCHEMA = "vmferry.io/folder/v1";
    static final String FILE = ".vmferry.json";

    FolderMarker {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(migration, "migration");
        Objects.requireNonNull(vm, "vm");
        manifests = new LinkedHashMap<>(manifests);
    }

    static FolderMarker of(String migration, VmPlan vm) {
        return new FolderMarker(
                SCHEMA,
                migration,
                vm.key(),
                vm.vm().ref().source(),
                vm.vm().ref().key(),
                vm.vm().name(),
                Map.of());
    }

    boolean sameOwner(FolderMarker other) {
        return migration.equals(other.migration) && vm.equals(other.vm);
    }

    FolderMarker withManifests(Map<String, List<String>> changed) {
        return new FolderMarker(schema, migration, vm, source, sourceKey, sourceName, changed);
    }
}
