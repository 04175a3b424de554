package io.vmferry.vmware.files;

import io.vmferry.vmware.files.VmPackage.Contents;
import org.jspecify.annotations.Nullable;

/** A package that is read again only when one of its files changed. Safe for many threads. */
final class CachedPackage {
    private final VmPackage inner;
    private @Nullable Contents contents;

    CachedPackage(VmPackage inner) {
        this.inner = inner;
    }

    Where where() {
        return inner.where();
    }

    /** Fails as {@link VmPackage#read} does, each time anew. */
    synchronized Contents contents() {
        Contents known = contents;
        if (known == null || !known.current()) {
            known = inner.read();
            contents = known;
        }
        return known;
    }
}
