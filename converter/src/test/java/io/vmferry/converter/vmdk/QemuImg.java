package io.vmferry.converter.vmdk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The test peer qemu-img; a test that needs it is skipped with a word on how to get it. */
final class QemuImg {
    private QemuImg() {}

    static void required() {
        boolean found = false;
        try {
            found = start(List.of("--version")).waitFor() == 0;
        } catch (IOException e) {
            // not installed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assumeTrue(found, "qemu-img not found: install qemu-utils to run this test");
    }

    /** Runs it and returns what it printed; anything but exit code 0 fails the test. */
    static String run(Object... arguments) throws Exception {
        List<String> words = new ArrayList<>();
        for (Object argument : arguments) {
            words.add(argument.toString());
        }
        Process process = start(words);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError("qemu-img " + words + " failed: " + output);
        }
        return output;
    }

    static void compare(Path vmdk, Path raw) throws Exception {
        run("compare", "-f", "vmdk", "-F", "raw", vmdk, raw);
    }

    private static Process start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("qemu-img"));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
