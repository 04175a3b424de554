package io.vmferry.vmware.files;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.source.Capability;
import io.vmferry.spi.source.SourceConfig;
import io.vmferry.spi.source.SourceConnector;
import io.vmferry.spi.source.SourceSession;
import java.util.Set;

/**
 * The source {@code files}: VMs in OVA, OVF, VMX and VMDK files. Its one setting is {@code paths}, files and folders; folders
 * are searched.
 */
public final class FilesConnector implements SourceConnector {
    @Override
    public String type() {
        return "files";
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.COLD, Capability.RANDOM_ACCESS);
    }

    /** Finds all packages; a broken one fails only when its VM is described. */
    @Override
    public SourceSession open(SourceConfig config) {
        if (config.settings().list("paths").isEmpty()) {
            throw new VmferryException(
                    FilesError.PATHS_MISSING,
                    "source \"" + config.name() + "\"",
                    "it names no paths",
                    "Add \"paths:\" with the OVA, OVF, VMX or VMDK files, or folders that hold them.");
        }
        Search search = new Search(config.name(), config.settings().baseFolder());
        config.settings().paths("paths").forEach(search::path);
        return new FilesSession(config.name(), search.found());
    }
}
