package io.vmferry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a person is watching. From JDK 22 on, System.console() is there without a terminal, so it tells nothing. */
final class Terminal {
    private Terminal() {}

    static boolean onStderr() {
        return isTerminal(2);
    }

    static boolean onStdin() {
        return isTerminal(0);
    }

    private static boolean isTerminal(int descriptor) {
        try {
            String device = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null && Runtime.version().feature() < 22;
        }
    }
}
