package io.vmferry.kubevirt.directory;

import io.vmferry.kubevirt.TargetError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.target.TargetConfig;
import io.vmferry.spi.target.TargetConnector;
import io.vmferry.spi.target.TargetSession;
import java.nio.file.Files;

/** A folder as target: disks and manifests of each VM, ready to be uploaded and applied. Needs no cluster. */
public final class DirectoryTarget implements TargetConnector {
    public static final String TYPE = "directory";

    @Override
    public String type() {
        return TYPE;
    }

    /** Creates nothing: a dry run leaves no trace. */
    @Override
    public TargetSession open(TargetConfig config) {
        DirectorySettings settings = DirectorySettings.of(config.settings());
        if (Files.exists(settings.path()) && !Files.isDirectory(settings.path())) {
            throw new VmferryException(
                    TargetError.TARGET_PATH_NOT_FOLDER,
                    settings.path().toString(),
                    "it is a file, not a folder",
                    "Choose another name for the target folder, or move the file away.");
        }
        return new DirectorySession(config.migration(), settings);
    }
}
