package io.vmferry.vmware.files.pack;

import io.vmferry.spi.error.VmferryException;
import java.util.List;
import java.util.Optional;

/** The files that a package consists of, found by the names that its descriptor gives them. Immutable, safe for threads. */
public interface PackageFiles {
    /**
     * The file of that name.
     *
     * @param name as written in a descriptor
     * @return empty when the package has no such file
     * @throws VmferryException when the name leaves the package, or what it names is no plain file
     */
    Optional<PackageFile> find(String name);

    /** Names of all files directly in the package, in its own order. */
    List<String> names();
}
