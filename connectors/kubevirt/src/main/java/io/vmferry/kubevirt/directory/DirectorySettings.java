package io.vmferry.kubevirt.directory;

import io.vmferry.kubevirt.TargetError;
import io.vmferry.kubevirt.version.TargetVersions;
import io.vmferry.spi.config.Settings;
import io.vmferry.spi.error.VmferryException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Settings of the directory target.
 *
 * @param path folder that gets a folder per namespace and VM ({@code path})
 * @param versions that manifests are written for ({@code version}, {@code cdiVersion}); the current ones where left out
 * @param architectures of the nodes the VMs will run on ({@code architectures}); empty unknown
 */
record DirectorySettings(Path path, TargetVersions versions, Set<String> architectures) {
    private static final String PATH = "path";
    private static final String VERSION = "version";
    private static final String CDI_VERSION = "cdiVersion";
    private static final String ARCHITECTURES = "architectures";
    private static final Set<String> KNOWN = new TreeSet<>(Set.of(PATH, VERSION, CDI_VERSION, ARCHITECTURES));
    private static final Set<String> KNOWN_ARCHITECTURES = new TreeSet<>(Set.of("amd64", "arm64", "s390x"));

    DirectorySettings {
        architectures = Set.copyOf(architectures);
    }

    static DirectorySettings of(Settings settings) {
        for (String key : settings.values().keySet()) {
            if (!KNOWN.contains(key)) {
                throw new VmferryException(
                        TargetError.TARGET_SETTING_UNKNOWN,
                        "target setting \"" + key + "\"",
                        "the directory target does not know it",
                        "Use one of " + String.join(", ", KNOWN) + ".");
            }
        }
        Path path = settings.path(PATH)
                .filter(given -> !given.toString().isBlank())
                .orElseThrow(() -> new VmferryException(
                        TargetError.TARGET_SETTING_MISSING,
                        "target setting \"path\"",
                        "the directory target needs a folder to write to",
                        "Add path: with the name of a folder to the target."));
        for (String architecture : settings.list(ARCHITECTURES)) {
            if (!KNOWN_ARCHITECTURES.contains(architecture)) {
                throw new VmferryException(
                        TargetError.TARGET_SETTING_INVALID,
                        "target setting \"architectures\"",
                        "\"" + architecture + "\" is no architecture of KubeVirt",
                        "Use " + String.join(", ", KNOWN_ARCHITECTURES) + ".");
            }
        }
        return new DirectorySettings(path, versions(settings), Set.copyOf(settings.list(ARCHITECTURES)));
    }

    private static TargetVersions versions(Settings settings) {
        Optional<String> kubevirt = settings.text(VERSION);
        Optional<String> cdi = settings.text(CDI_VERSION);
        TargetVersions versions = kubevirt.map(TargetVersions::of).orElseGet(TargetVersions::current);
        return cdi.map(text -> TargetVersions.of(versions.kubevirt().toString(), text))
                .orElse(versions);
    }
}
