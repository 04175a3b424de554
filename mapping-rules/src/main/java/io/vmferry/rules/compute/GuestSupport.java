package io.vmferry.rules.compute;

import io.vmferry.spi.model.GuestOs;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What may be expected of a guest's drivers, judged by its name alone. */
public enum GuestSupport {
    /** A recent Linux whose initramfs has drivers for all hardware: Debian, Ubuntu. */
    READY,
    /** A recent Linux whose initramfs may have drivers for its old hardware only: all that build it by dracut. */
    LIKELY,
    /** Linux or Windows that is older than what KubeVirt's hardware is tested with. */
    OLD,
    /** Windows has no virtio drivers of its own. */
    WINDOWS,
    /** BSD, Solaris and others. */
    OTHER,
    UNKNOWN;

    private static final Pattern ID = Pattern.compile("([a-z]+)(?:[-_ ]?(\\d{1,2}))?(?:(?<=\\d)x\\d+)?(?:[-_ .].*)?");

    /** First release with all virtio drivers in a shape that boots; an id without a release means older ones, as VMware uses it. */
    private static final Map<String, Integer> FIRST_GOOD =
            Map.of("rhel", 7, "centos", 7, "oraclelinux", 7, "asianux", 7, "sles", 12, "debian", 8, "redhat", 7);

    private static final List<String> READY_IDS = List.of("debian", "ubuntu", "uos", "deepin");

    private static final List<String> LIKELY_IDS = List.of(
            "fedora",
            "opensuse",
            "rockylinux",
            "rocky",
            "almalinux",
            "alma",
            "amazonlinux",
            "vmwarephoton",
            "photon",
            "coreos",
            "rhcos",
            "genericlinux",
            "anolis",
            "openeuler",
            "kylin",
            "alibabacloudlinux",
            "crxpod");

    /** VMware's names of kernels: other24xLinux to other6xLinux. */
    private static final Pattern KERNEL = Pattern.compile("other(\\d)\\d?x?linux.*");

    private static final Pattern OLD_WINDOWS =
            Pattern.compile("win(dows)?[-_]?(31|95|98|me|nt|2000|xp|2003|net|vista|longhorn|2008|7).*");

    /** Distributions that VMware has no id for; guest tools name them. */
    private static final Pattern LIKELY_NAMES = Pattern.compile(
            ".*(anolis|openeuler|kylin|alibaba cloud linux|rocky linux|almalinux|amazon linux|photon).*");

    public static GuestSupport of(GuestOs guest) {
        String id = guest.id().toLowerCase(Locale.ROOT).replaceFirst("guest$", "");
        String name = guest.fullName().toLowerCase(Locale.ROOT);
        return switch (guest.family()) {
            case WINDOWS -> OLD_WINDOWS.matcher(id).matches() ? OLD : WINDOWS;
            case OTHER -> OTHER;
            case UNKNOWN -> UNKNOWN;
            case LINUX -> linux(id, name);
        };
    }

    private static GuestSupport linux(String id, String name) {
        Matcher kernel = KERNEL.matcher(id);
        if (kernel.matches()) {
            return Integer.parseInt(kernel.group(1)) >= 3 ? LIKELY : OLD;
        }
        Matcher parts = ID.matcher(id);
        if (parts.matches()) {
            String distribution = parts.group(1);
            // A lone 64 is the word size: ubuntu64Guest.
            int release = parts.group(2) == null || parts.group(2).equals("64") ? 0 : Integer.parseInt(parts.group(2));
            Integer good = FIRST_GOOD.get(distribution);
            if (good != null && release < good) {
                return OLD;
            }
            if (distribution.equals("ubuntu") && release > 0 && release < 14) {
                return OLD;
            }
            if (READY_IDS.contains(distribution)) {
                return READY;
            }
            if (good != null || LIKELY_IDS.contains(distribution)) {
                return LIKELY;
            }
        }
        return LIKELY_NAMES.matcher(name).matches() ? LIKELY : UNKNOWN;
    }

    /** Whether virtio is the better bet. */
    public boolean suitsVirtio() {
        return this == READY || this == LIKELY;
    }
}
