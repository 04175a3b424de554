package io.vmferry.converter.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who uses a block device: asked of {@code /proc/self/mountinfo}, {@code /proc/swaps} and {@code /sys/dev/block}, for the device
 * itself and for its partitions. What other mount namespaces have mounted is not told there; the kernel's own refusal to open
 * such a device for us alone covers that.
 *
 * @param proc usually {@code /proc}
 * @param sys usually {@code /sys}
 */
record DeviceUse(Path proc, Path sys) {
    static final String REMEDY = "Make sure that it is the right device; unmount it or take it out of use first.";

    /** Fields of mountinfo (proc(5)): the third is major:minor, the fifth where it is mounted. */
    private static final int DEVICE_FIELD = 2;

    private static final int PLACE_FIELD = 4;

    static DeviceUse ofThisMachine() {
        return new DeviceUse(Path.of("/proc"), Path.of("/sys"));
    }

    /** @throws io.vmferry.spi.error.VmferryException {@link FileError#DEVICE_IN_USE}, also when it cannot be found out */
    void requireFree(Path device) {
        try {
            Optional<String> user = user(number(device), names(device));
            if (user.isPresent()) {
                throw FileError.DEVICE_IN_USE.of(device.toString(), user.get(), REMEDY, null);
            }
        } catch (IOException e) {
            throw FileError.DEVICE_IN_USE.of(
                    device.toString(),
                    "it cannot be found out whether somebody uses it (" + e.getMessage() + ")",
                    "Write on devices on Linux, with /proc and /sys in their places; or write a file.",
                    e);
        }
    }

    /**
     * Who uses a device, as half a sentence.
     *
     * @param number {@code major:minor}
     * @param names it is called by
     */
    Optional<String> user(String number, List<String> names) throws IOException {
        List<String> mounts = Files.readAllLines(proc.resolve("self/mountinfo"), StandardCharsets.UTF_8);
        Optional<String> user = user("it", number, names, mounts);
        if (user.isPresent()) {
            return user;
        }
        for (Path partition : partitions(number)) {
            String name = String.valueOf(partition.getFileName());
            String its = Files.readString(partition.resolve("dev")).strip();
            user = user("its partition " + name, its, List.of("/dev/" + name), mounts);
            if (user.isPresent()) {
                return user;
            }
        }
        return Optional.empty();
    }

    private Optional<String> user(String what, String number, List<String> names, List<String> mounts)
            throws IOException {
        for (String line : mounts) {
            String[] fields = line.split(" ", -1);
            int end = line.indexOf(" - ");
            // Behind the hyphen: type and source. File systems over several devices have a number of their own there.
            String source = end < 0 ? "" : (line.substring(end + 3) + "  ").split(" ", -1)[1];
            if (fields.length > PLACE_FIELD && (fields[DEVICE_FIELD].equals(number) || names.contains(source))) {
                return Optional.of(what + " is mounted on " + fields[PLACE_FIELD]);
            }
        }
        Path swaps = proc.resolve("swaps");
        if (Files.exists(swaps)) {
            for (String line : Files.readAllLines(swaps, StandardCharsets.UTF_8)) {
                if (names.contains(line.split("\\s", 2)[0])) {
                    return Optional.of(what + " is swap space");
                }
            }
        }
        List<String> holders = list(sys.resolve("dev/block").resolve(number).resolve("holders"));
        return holders.isEmpty()
                ? Optional.empty()
                : Optional.of(what + " is used by " + String.join(", ", holders)
                        + " (a volume group, an array or a mapping)");
    }

    private List<Path> partitions(String number) throws IOException {
        Path device = sys.resolve("dev/block").resolve(number);
        List<Path> found = new ArrayList<>();
        for (String name : list(device)) {
            if (Files.exists(device.resolve(name).resolve("partition"))) {
                found.add(device.resolve(name));
            }
        }
        return found;
    }

    private static List<String> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> names(Path device) throws IOException {
        return List.of(device.toAbsolutePath().toString(), device.toRealPath().toString());
    }

    /** {@code major:minor} of a device's node; the bits lie as glibc's makedev(3) puts them. */
    private static String number(Path device) throws IOException {
        long number = ((Number) Files.getAttribute(device, "unix:rdev")).longValue();
        long major = (number >>> 8 & 0xfff) | (number >>> 32 & ~0xfffL);
        long minor = (number & 0xff) | (number >>> 12 & ~0xffL);
        return major + ":" + minor;
    }
}
