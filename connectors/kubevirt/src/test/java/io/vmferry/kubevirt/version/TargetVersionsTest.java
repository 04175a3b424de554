package io.vmferry.kubevirt.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.kubevirt.TargetError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.target.TargetFeature;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetVersionsTest {
    @ParameterizedTest
    @CsvSource({
        "1.9, 1.9, 1.66",
        "v1.8.0, 1.8, 1.65",
        "1.0, 1.0, 1.57",
        "0.59.2, 0.59, 1.50",
        "0.50, 0.50, 1.50",
        "0.50.0-0.2.23, 0.50, 1.50",
        "v1.9.0-rc.1, 1.9, 1.66",
        "' 1.9 ', 1.9, 1.66"
    })
    void versionsAreReadAsPeopleWriteThem(String text, String kubevirt, String cdi) {
        TargetVersions versions = TargetVersions.of(text);
        assertThat(versions.kubevirt()).hasToString(kubevirt);
        assertThat(versions.cdi()).hasToString(cdi);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.49",
                "0.60",
                "0.73.1",
                "1.10",
                "2.0",
                "",
                "latest",
                "1",
                "1.x",
                "-1.9",
                "1.9999999999",
                "1.9 beta"
            })
    void unknownAndOlderOnesAreRefused(String text) {
        assertThatThrownBy(() -> TargetVersions.of(text)).isInstanceOfSatisfying(VmferryException.class, e -> {
            assertThat(e.code()).isEqualTo(TargetError.TARGET_VERSION_UNKNOWN);
            assertThat(e.remedy()).contains("0.50").contains("1.9");
        });
    }

    @Test
    void unknownCdiIsRefused() {
        assertThatThrownBy(() -> TargetVersions.of("1.9", "1.49")).isInstanceOf(VmferryException.class);
        assertThatThrownBy(() -> TargetVersions.of("1.9", "1.67")).isInstanceOf(VmferryException.class);
        assertThat(TargetVersions.of("1.9", "v1.60.3").cdi()).isEqualTo(new Version(1, 60));
    }

    /** Every boundary from both sides: the last release without a feature and the first with it. */
    @ParameterizedTest
    @CsvSource({
        "SHAREABLE_DISK, 0.50, 0.51",
        "TPM, 0.52, 0.53",
        "PREFERENCE, 0.53, 0.54",
        "ACPI_INDEX, 0.58, 0.59",
        "PERSISTENT_TPM, 0.59, 1.0",
        "ARCHITECTURE, 0.59, 1.0",
        "PERSISTENT_EFI, 1.0, 1.1",
        "INTERFACE_STATE, 1.4, 1.5"
    })
    void kubevirtFeatures(TargetFeature feature, String last, String first) {
        assertThat(TargetVersions.of(last).features()).doesNotContain(feature);
        assertThat(TargetVersions.of(first).features()).contains(feature);
    }

    @ParameterizedTest
    @CsvSource({"ZSTD_UPLOAD, 1.56, 1.57", "SPARSE_RAW_UPLOAD, 1.59, 1.60"})
    void cdiFeatures(TargetFeature feature, String last, String first) {
        assertThat(TargetVersions.of("1.9", last).features()).doesNotContain(feature);
        assertThat(TargetVersions.of("0.50", first).features()).contains(feature);
    }

    @Test
    void theOldestHasNoneAndTheCurrentHasAll() {
        assertThat(TargetVersions.of("0.50").features()).isEmpty();
        assertThat(TargetVersions.current().features()).isEqualTo(EnumSet.allOf(TargetFeature.class));
    }
}
