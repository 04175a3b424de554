package io.vmferry.rules.model;

import org.jspecify.annotations.Nullable;

/**
 * Where a disk goes. Whatever is null is left to the cluster.
 *
 * @param volumeMode {@code Block} or {@code Filesystem}
 * @param accessMode {@code ReadWriteOnce}, {@code ReadWriteMany} or {@code ReadWriteOncePod}
 */
public record StorageTarget(
        @Nullable String storageClass,
        @Nullable String volumeMode,
        @Nullable String accessMode) {
    /** Everything is left to the cluster. */
    public static final StorageTarget CLUSTER_DEFAULT = new StorageTarget(null, null, null);

    /** This one, with what the other says put over it. */
    public StorageTarget overlaidBy(StorageTarget other) {
        return new StorageTarget(
                other.storageClass == null ? storageClass : other.storageClass,
                other.volumeMode == null ? volumeMode : other.volumeMode,
                other.accessMode == null ? accessMode : other.accessMode);
    }
}
