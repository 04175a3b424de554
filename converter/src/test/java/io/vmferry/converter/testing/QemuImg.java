package io.vmferry.converter.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The test peer qemu-img; a test that needs it is skipped with a word on how to get it. */
public final class QemuImg {
    private static final AtomicBoolean SAID = new AtomicBoolean();

    private QemuImg() {}

    public static void required() {
        boolean found = false;
        try {
            found = start(List.of("--version")).waitFor() == 0;
        } catch (IOException e) {
            // not installed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!found && SAID.compareAndSet(false, true)) {
            // JUnit keeps the reason to its report files; whoever watches the build should see it as well.
            System.out.println("skipped: qemu-img not found, install qemu-utils to run the tests that compare with it");
        }
        assumeTrue(found, "qemu-img not found: install qemu-utils to run this test");
    }

    /** Runs it and returns what it printed; anything but exit code 0 fails the test. */
    public static String run(Object... arguments) throws Exception {
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

    /**
     * Writes into an image as a guest would: each command is one of qemu-io's, which comes in the same package. Single ones may
     * fail, as a compressed write over old data does.
     */
    public static void io(String format, Path image, List<String> commands) throws Exception {
        List<String> words = new ArrayList<>(List.of("qemu-io", "-f", format));
        for (String command : commands) {
            words.add("-c");
            words.add(command);
        }
        words.add(image.toString());
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() > 1 || !said.contains("wrote ")) {
            throw new AssertionError(words + ": " + said);
        }
    }

    /** Holds two images to have the same content. */
    public static void compare(String format, Path image, String otherFormat, Path other) throws Exception {
        run("compare", "-f", format, "-F", otherFormat, image, other);
    }

    /** Holds a qcow2 image to be without errors and leaks. */
    public static void check(Path qcow2) throws Exception {
        String said = run("check", "-f", "qcow2", qcow2);
        if (!said.startsWith("No errors were found on the image.")) {
            throw new AssertionError(said);
        }
    }

    private static Process start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("qemu-img"));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
