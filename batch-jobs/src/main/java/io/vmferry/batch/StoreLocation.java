package io.vmferry.batch;

import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.error.VmferryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the store lies. */
public final class StoreLocation {
    /** H2 wants one; whoever can read the file needs no password. */
    static final String USER = "vmferry";

    private StoreLocation() {}

    /** @param store file without H2's extension; its folder is made */
    public static String jdbcUrl(Path store) {
        Path file = store.toAbsolutePath().normalize();
        if (file.toString().contains(";")) {
            throw new VmferryException(
                    BatchError.STORE_UNUSABLE,
                    "store " + store,
                    "its path contains a semicolon, which H2 takes for the end of the path",
                    "Choose a path without one.");
        }
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw IoFailure.writing(file.toString(), e);
        }
        // A crash must not lose a committed position, so H2 writes at once instead of after half a second.
        return "jdbc:h2:file:" + file + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";
    }

    public static boolean exists(Path store) {
        return Files.isRegularFile(store.resolveSibling(store.getFileName() + ".mv.db"));
    }
}
