package io.vmferry.kubevirt.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.kubevirt.TargetError;
import io.vmferry.spi.config.Settings;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.target.TargetConfig;
import io.vmferry.spi.target.TargetConnector;
import io.vmferry.spi.target.TargetFacts;
import io.vmferry.spi.target.TargetFeature;
import io.vmferry.spi.target.TargetSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySettingsTest {
    @TempDir
    Path folder;

    @Test
    void isFoundByItsType() {
        assertThat(ServiceLoader.load(TargetConnector.class).stream()
                        .map(provider -> provider.get().type()))
                .containsExactly("directory");
    }

    @Test
    void currentVersionIsTheDefault() {
        try (TargetSession target = Targets.open(folder, "m")) {
            TargetFacts facts = target.facts();
            assertThat(facts.type()).isEqualTo("directory");
            assertThat(facts.location()).isEqualTo(folder.toString());
            assertThat(facts.kubevirtVersion()).isEqualTo("1.9");
            assertThat(facts.cdiVersion()).isEqualTo("1.66");
            assertThat(facts.features()).contains(TargetFeature.values());
            assertThat(facts.networkDrivers()).containsExactlyInAnyOrder("pod", "multus", "hybridnet");
            assertThat(facts.architectures()).isEmpty();
        }
    }

    @Test
    void versionAndArchitecturesAreTaken() {
        Map<String, List<String>> more = Map.of(
                "version",
                List.of("v0.50.0"),
                "cdiVersion",
                List.of("1.60"),
                "architectures",
                List.of("amd64", "arm64"));
        try (TargetSession target = Targets.open(folder, "m", more)) {
            assertThat(target.facts().kubevirtVersion()).isEqualTo("0.50");
            assertThat(target.facts().cdiVersion()).isEqualTo("1.60");
            assertThat(target.facts().features())
                    .containsExactlyInAnyOrder(TargetFeature.ZSTD_UPLOAD, TargetFeature.SPARSE_RAW_UPLOAD);
            assertThat(target.facts().architectures()).containsExactlyInAnyOrder("amd64", "arm64");
        }
    }

    @Test
    void mistakesAreNamed() throws IOException {
        refused(TargetError.TARGET_SETTING_MISSING, Map.of());
        refused(TargetError.TARGET_SETTING_UNKNOWN, Map.of("path", List.of("out"), "folder", List.of("x")));
        refused(TargetError.TARGET_VERSION_UNKNOWN, Map.of("path", List.of("out"), "version", List.of("3")));
        refused(TargetError.TARGET_SETTING_INVALID, Map.of("path", List.of("out"), "architectures", List.of("x86_64")));
        Files.writeString(folder.resolve("file"), "mine");
        refused(TargetError.TARGET_PATH_NOT_FOLDER, Map.of("path", List.of("file")));
    }

    private void refused(TargetError code, Map<String, List<String>> values) {
        assertThatThrownBy(() ->
                        new DirectoryTarget().open(new TargetConfig("m", "directory", new Settings(values, folder))))
                .isInstanceOfSatisfying(VmferryException.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.remedy()).isNotBlank();
                });
    }
}
