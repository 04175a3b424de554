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
    TPM(TargetFeature.TPM, Product.KUBEVIRT, 0, 53),
    /** {@code tpm.persistent}. */
    PERSISTENT_TPM(TargetFeature.PERSISTENT_TPM, Product.KUBEVIRT, 1, 0),
    /** {@code firmware.bootloader.efi.persistent}. */
    PERSISTENT_EFI(TargetFeature.PERSISTENT_EFI, Product.KUBEVIRT, 1, 1),
    /** {@code disk.shareable}. */
    SHAREABLE_DISK(TargetFeature.SHAREABLE_DISK, Product.KUBEVIRT, 0, 51),
    /**
     * {@code interface.state: down}. The field came with 1.0, for {@code absent} only; the admitter takes {@code up} and {@code
     * down} from 1.5 on.
     */
    INTERFACE_STATE(TargetFeature.INTERFACE_STATE, Product.KUBEVIRT, 1, 5),
    /** {@code interface.acpiIndex}. */
    ACPI_INDEX(TargetFeature.ACPI_INDEX, Product.KUBEVIRT, 0, 59),
    /** {@code spec.preference}. */
    PREFERENCE(TargetFeature.PREFERENCE, Product.KUBEVIRT, 0, 54),
    /** {@code template.spec.architecture}. */
    ARCHITECTURE(TargetFeature.ARCHITECTURE, Product.KUBEVIRT, 1, 0),
    /** CDI: zstd as compression of an upload. */
    ZSTD_UPLOAD(TargetFeature.ZSTD_UPLOAD, Product.CDI, 1, 57),
    /** CDI: zeros of a raw stream become holes; before, every byte was written. */
    SPARSE_RAW_UPLOAD(TargetFeature.SPARSE_RAW_UPLOAD, Product.CDI, 1, 60);

    private final TargetFeature feature;
    private final Product product;
    private final int major;
    private final int minor;

    FeatureSince(TargetFeature feature, Product product, int major, int minor) {
        this.feature = feature;
        this.product = product;
        this.major = major;
        this.minor = minor;
    }

    static Set<TargetFeature> present(Version kubevirt, Version cdi) {
        Set<TargetFeature> features = EnumSet.noneOf(TargetFeature.class);
        for (FeatureSince row : values()) {
            Version found = row.product == Product.CDI ? cdi : kubevirt;
            if (found.atLeast(new Version(row.major, row.minor))) {
                features.add(row.feature);
            }
        }
        return features;
    }

    private enum Product {
        KUBEVIRT,
        CDI
    }
}
