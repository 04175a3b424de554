package io.vmferry.spi.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * A block device over a file, for tests of devices. Only root can have one, on a machine or in a container that lets him; a test
 * that needs it is skipped elsewhere, with a word on why.
 */
public final class LoopDevice implements AutoCloseable {
    private final Path device;

    private LoopDevice(Path device) {
        this.device = device;
    }

    /** @param file with the device's content; its length is the device's, in whole sectors */
    public static LoopDevice over(Path file) {
        String said;
        try {
            Process losetup = start(List.of("losetup", "--find", "--show", file.toString()));
            said = new String(losetup.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            Assumptions.assumeTrue(
                    losetup.waitFor() == 0,
                    "no loop device to be had (" + said + "): run as root, outside of containers, with util-linux");
        } catch (IOException e) {
            Assumptions.abort("losetup not found: install util-linux to run this test");
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return new LoopDevice(Path.of(said));
    }

    public Path path() {
        return device;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        Process losetup = start(List.of("losetup", "--detach", device.toString()));
        String said = new String(losetup.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (losetup.waitFor() != 0) {
            throw new AssertionError(device + " cannot be given back: " + said);
        }
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
