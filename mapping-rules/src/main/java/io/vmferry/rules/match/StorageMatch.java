package io.vmferry.rules.match;

import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Vm;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Conditions on a disk; all that are given must hold.
 *
 * @param storage datastore, storage domain or folder
 * @param minBytes smallest virtual size, inclusive; null any
 * @param maxBytes largest virtual size, inclusive; null any
 * @param disk position of the disk in its VM, from 0; empty: any
 */
public record StorageMatch(
        VmMatch vm,
        TextMatch storage,
        @Nullable Long minBytes,
        @Nullable Long maxBytes,
        Set<Integer> disk) {
    public StorageMatch {
        disk = Set.copyOf(disk);
    }

    public boolean matches(Vm owner, Disk candidate, int position, long virtualSize) {
        return storage.matches(candidate.storage())
                && (minBytes == null || virtualSize >= minBytes)
                && (maxBytes == null || virtualSize <= maxBytes)
                && (disk.isEmpty() || disk.contains(position))
                && vm.matches(owner);
    }
}
