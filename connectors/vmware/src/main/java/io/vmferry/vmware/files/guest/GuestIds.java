package io.vmferry.vmware.files.guest;

import io.vmferry.spi.model.GuestOs.Family;
import java.util.List;
import java.util.Locale;

/**
 * What VMware's names of guest systems mean. The same system has two spellings: {@code ubuntu64Guest} in vSphere and OVF,
 * {@code ubuntu-64} in a VMX.
 */
public final class GuestIds {
    private static final List<String> WINDOWS =
            List.of("win", "longhorn"); // windows*, winNetEnterprise…, winXPPro, win2000…
    private static final List<String> LINUX = List.of(
            "ubuntu",
            "rhel",
            "redhat",
            "centos",
            "debian",
            "sles",
            "sled",
            "suse",
            "opensuse",
            "fedora",
            "rocky",
            "alma",
            "oraclelinux",
            "oracle",
            "amazonlinux",
            "vmwarephoton",
            "photon",
            "asianux",
            "kylin",
            "uos",
            "openeuler",
            "anolis",
            "alinux",
            "deepin",
            "euleros",
            "coreos",
            "flatcar",
            "mandrake",
            "mandriva",
            "turbolinux",
            "linuxmint",
            "mageia",
            "miraclelinux",
            "pardus",
            "prolinux",
            "fusionos",
            "nld9",
            "oes",
            "sjds",
            "crxpod",
            "crxsys",
            "genericlinux",
            "linux");
    private static final List<String> OTHER = List.of(
            "freebsd",
            "openbsd",
            "netbsd",
            "darwin",
            "solaris",
            "netware",
            "os2",
            "openserver",
            "unixware",
            "ecomstation",
            "dos",
            "vmkernel");

    private GuestIds() {}

    /**
     * Family of a guest by its name.
     *
     * @param id VMware's name; empty unknown
     * @param description for people; decides where the name does not
     */
    public static Family family(String id, String description) {
        String name = plain(id);
        if (startsWithAny(name, WINDOWS)) {
            return Family.WINDOWS;
        }
        // other3xLinux64Guest, otherLinuxGuest
        if (startsWithAny(name, LINUX) || (name.startsWith("other") && name.contains("linux"))) {
            return Family.LINUX;
        }
        if (startsWithAny(name, OTHER)) {
            return Family.OTHER;
        }
        String words = description.toLowerCase(Locale.ROOT);
        if (words.contains("windows")) {
            return Family.WINDOWS;
        }
        String first = words.replaceAll("[^a-z0-9].*", "");
        if (words.contains("linux") || startsWithAny(first, LINUX)) {
            return Family.LINUX;
        }
        return startsWithAny(first, OTHER) ? Family.OTHER : Family.UNKNOWN;
    }

    /** Family of a number from {@code CIM_OperatingSystem.OSType}, for descriptors without VMware's name. */
    public static Family family(int cim) {
        if (cim == 36 || (cim >= 79 && cim <= 101) || (cim >= 106 && cim <= 109)) {
            return switch (cim) {
                case 81, 86 -> Family.OTHER; // Solaris 64-bit, Open Enterprise Server
                default -> Family.LINUX;
            };
        }
        if ((cim >= 15 && cim <= 18)
                || cim == 58
                || cim == 63
                || (cim >= 67 && cim <= 77)
                || cim == 103
                || cim == 105
                || (cim >= 111 && cim <= 122)) {
            return Family.WINDOWS;
        }
        return cim == 29 || cim == 42 || cim == 65 || cim == 78 || cim == 104 ? Family.OTHER : Family.UNKNOWN;
    }

    /** As KubeVirt names it: VMware prefixes its guests for ARM ({@code armUbuntu64Guest}, {@code arm-debian12-64}). */
    public static String architecture(String id) {
        return id.toLowerCase(Locale.ROOT).startsWith("arm") ? "arm64" : "amd64";
    }

    private static String plain(String id) {
        String name = id.toLowerCase(Locale.ROOT);
        if (name.startsWith("arm")) {
            name = name.substring(3);
        }
        return name.startsWith("-") ? name.substring(1) : name;
    }

    private static boolean startsWithAny(String name, List<String> prefixes) {
        return prefixes.stream().anyMatch(name::startsWith);
    }
}
