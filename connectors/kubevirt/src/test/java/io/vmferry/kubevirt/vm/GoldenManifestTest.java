package io.vmferry.kubevirt.vm;

import io.vmferry.kubevirt.GoldenFile;
import io.vmferry.kubevirt.SamplePlans;
import io.vmferry.kubevirt.TargetsForTest;
import io.vmferry.kubevirt.check.VmPreflight;
import io.vmferry.kubevirt.network.NetworkDrivers;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.TargetFacts;
import io.vmferry.spi.target.TargetObject;
import java.io.IOException;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Manifests and findings of typical VMs, whole. */
class GoldenManifestTest {
    @ParameterizedTest
    @CsvSource({
        "linux, 1.9, linux-efi-virtio-1.9",
        "linux, 0.50, linux-efi-virtio-0.50",
        "windows, 1.9, windows-secureboot-tpm-1.9",
        "windows, 0.50, windows-secureboot-tpm-0.50",
        "bootSafe, 1.9, linux-boot-safe-1.9"
    })
    void isAsRecorded(String kind, String version, String golden) throws IOException {
        VmPlan vm = vm(kind);
        TargetFacts facts = TargetsForTest.facts(version);
        String manifests = new VmManifests("first-light", facts, NetworkDrivers.standard())
                .of(vm).stream().map(TargetObject::manifest).collect(Collectors.joining("---\n"));
        String findings = new VmPreflight(facts, NetworkDrivers.standard())
                .check(vm).stream().map(GoldenManifestTest::line).collect(Collectors.joining());
        GoldenFile.compare(GoldenManifestTest.class, golden + ".yaml", manifests);
        GoldenFile.compare(GoldenManifestTest.class, golden + ".findings.txt", findings);
    }

    private static VmPlan vm(String kind) {
        return switch (kind) {
            case "windows" -> SamplePlans.windows("win01");
            case "bootSafe" -> SamplePlans.bootSafe("web01");
            default -> SamplePlans.linux("web01");
        };
    }

    private static String line(Finding finding) {
        return finding.severity() + " " + finding.code() + " | " + finding.subject() + " | " + finding.message() + " | "
                + finding.remedy() + "\n";
    }
}
