package io.vmferry.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How disk images are reached that do not lie in a file of their own. */
final class SourceOptions {
    static final String SOURCE =
            "VMDK, qcow2 or raw image, by itself, in gzip or zstd, or in a tar archive (an OVA) as FILE!MEMBER; or a block device. - is standard input.";

    static final String MEMBER = "Member of a tar archive, if it holds several disks. The same as FILE!NAME.";

    @Option(
            names = "--spool",
            paramLabel = "FOLDER",
            description =
                    "Where to unpack what is compressed, or comes through a pipe, and has to be read at any offset. Gone afterwards.")
    @Nullable
    Path spool;
}
