package io.vmferry.kubevirt;

import io.vmferry.kubevirt.network.NetworkDrivers;
import io.vmferry.kubevirt.version.TargetVersions;
import io.vmferry.spi.target.TargetFacts;
import java.util.List;
import java.util.Set;

/** Facts of targets of a given version. */
public final class TargetsForTest {
    private TargetsForTest() {}

    public static TargetFacts facts(String kubevirt) {
        return facts(TargetVersions.of(kubevirt), Set.of());
    }

    public static TargetFacts facts(TargetVersions versions, Set<String> architectures) {
        return new TargetFacts(
                "directory",
                "/out",
                versions.kubevirt().toString(),
                versions.cdi().toString(),
                versions.features(),
                NetworkDrivers.standard().types(),
                architectures,
                List.of());
    }
}
