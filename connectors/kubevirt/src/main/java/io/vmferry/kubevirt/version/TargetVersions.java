package io.vmferry.kubevirt.version;

import io.vmferry.kubevirt.TargetError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.target.TargetFeature;
import java.util.Set;

/**
 * The versions that manifests are written for.
 *
 * @param kubevirt 0.50 to {@link #CURRENT_KUBEVIRT}
 * @param cdi 1.50 to {@link #CURRENT_CDI}
 */
public record TargetVersions(Version kubevirt, Version cdi) {
    public static final Version OLDEST_KUBEVIRT = new Version(0, 50);
    public static final Version CURRENT_KUBEVIRT = new Version(1, 9);
    public static final Version OLDEST_CDI = new Version(1, 50);
    public static final Version CURRENT_CDI = new Version(1, 66);

    /** The last release before 1.0. */
    private static final Version LAST_ZERO = new Version(0, 59);

    /** CDI 1.57 came out beside KubeVirt 1.0, and one CDI release followed with each KubeVirt release since. */
    private static final int CDI_BESIDE_KUBEVIRT_1_0 = 57;

    public static TargetVersions current() {
        return new TargetVersions(CURRENT_KUBEVIRT, CURRENT_CDI);
    }

    /** For a KubeVirt version as somebody wrote it, with the CDI that came out beside it. */
    public static TargetVersions of(String kubevirt) {
        Version version = kubevirt(kubevirt);
        return new TargetVersions(version, beside(version));
    }

    public static TargetVersions of(String kubevirt, String cdi) {
        return new TargetVersions(kubevirt(kubevirt), cdi(cdi));
    }

    public Set<TargetFeature> features() {
        return FeatureSince.present(kubevirt, cdi);
    }

    /** Before KubeVirt 1.0 the oldest is assumed: what it takes, the later ones take as well. */
    private static Version beside(Version kubevirt) {
        return kubevirt.major() == 0 ? OLDEST_CDI : new Version(1, CDI_BESIDE_KUBEVIRT_1_0 + kubevirt.minor());
    }

    private static Version kubevirt(String text) {
        Version version = Version.parse(text)
                .orElseThrow(() -> unknown("KubeVirt", text, "is not a version", OLDEST_KUBEVIRT, CURRENT_KUBEVIRT));
        boolean gap = version.compareTo(LAST_ZERO) > 0 && version.major() == 0;
        return within("KubeVirt", text, version, gap, OLDEST_KUBEVIRT, CURRENT_KUBEVIRT);
    }

    private static Version cdi(String text) {
        Version version = Version.parse(text)
                .orElseThrow(() -> unknown("CDI", text, "is not a version", OLDEST_CDI, CURRENT_CDI));
        return within("CDI", text, version, false, OLDEST_CDI, CURRENT_CDI);
    }

    private static Version within(
            String product, String text, Version version, boolean gap, Version oldest, Version newest) {
        if (version.compareTo(oldest) < 0) {
            throw unknown(product, text, "is older than anything manifests can be written for", oldest, newest);
        }
        if (gap || version.compareTo(newest) > 0) {
            throw unknown(product, text, "is not a release known here", oldest, newest);
        }
        return version;
    }

    private static VmferryException unknown(
            String product, String text, String reason, Version oldest, Version newest) {
        return new VmferryException(
                TargetError.TARGET_VERSION_UNKNOWN,
                product + " version \"" + text + "\"",
                reason,
                "Name a version from " + oldest + " to " + newest + "; a newer " + product
                        + " takes the manifests written for " + newest + ".");
    }
}
