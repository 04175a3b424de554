package io.vmferry.kubevirt.version;

import io.vmferry.spi.target.TargetFeature;
import java.util.EnumSet;
import java.util.Set;

/**
 * The release that first had each feature. A field that a version does not have is pruned there without a word, a value it does
 * not know is refused; so both are decided here, before anything is written.
 *
 * <p>Sources: for fields, the API types at each KubeVirt tag ({@code staging/src/kubevirt.io/api/core/v1/schema.go} and {@code
 * types.go}); for values, the admitters ({@code pkg/virt-api/webhooks/validating-webhook/admitters}, {@code
 * pkg/network/admitter}); for CDI, its release notes.
 */
enum FeatureSince {
    /** {@code domain.devices.tpm}. */
    TPM(TargetFeature.TPM, 0, 53),
    /** {@code tpm.persistent}. */
    PERSISTENT_TPM(TargetFeature.PERSISTENT_TPM, 1, 0),
    /** {@code firmware.bootloader.efi.persistent}. */
    PERSISTENT_EFI(TargetFeature.PERSISTENT_EFI, 1, 1),
    /** {@code disk.shareable}. */
    SHAREABLE_DISK(TargetFeature.SHAREABLE_DISK, 0, 51),
    /**
     * {@code interface.state: down}. The field came with 1.0, for {@code absent} only; the admitter takes {@code up} and {@code
     * down} from 1.5 on.
     */
    INTERFACE_STATE(TargetFeature.INTERFACE_STATE, 1, 5),
    /** {@code interface.acpiIndex}. */
    ACPI_INDEX(TargetFeature.ACPI_INDEX, 0, 59),
    /** {@code spec.preference}. */
    PREFERENCE(TargetFeature.PREFERENCE, 0, 54),
    /** {@code template.spec.architecture}. */
    ARCHITECTURE(TargetFeature.ARCHITECTURE, 1, 0),
    /** CDI: zstd as compression of an upload. */
    ZSTD_UPLOAD(TargetFeature.ZSTD_UPLOAD, new Version(1, 57)),
    /** CDI: zeros of a raw stream become holes; before, every byte was written. */
    SPARSE_RAW_UPLOAD(TargetFeature.SPARSE_RAW_UPLOAD, new Version(1, 60));

    private final TargetFeature feature;
    private final Version since;
    private final boolean ofCdi;

    FeatureSince(TargetFeature feature, int kubevirtMajor, int kubevirtMinor) {
        this.feature = feature;
        this.since = new Version(kubevirtMajor, kubevirtMinor);
        this.ofCdi = false;
    }

    FeatureSince(TargetFeature feature, Version cdi) {
        this.feature = feature;
        this.since = cdi;
        this.ofCdi = true;
    }

    static Set<TargetFeature> present(Version kubevirt, Version cdi) {
        Set<TargetFeature> features = EnumSet.noneOf(TargetFeature.class);
        for (FeatureSince row : values()) {
            if ((row.ofCdi ? cdi : kubevirt).atLeast(row.since)) {
                features.add(row.feature);
            }
        }
        return features;
    }
}
