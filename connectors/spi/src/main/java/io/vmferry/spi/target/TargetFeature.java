package io.vmferry.spi.target;

/** Fields and abilities that not every version of KubeVirt or CDI has; a plan reports what it cannot express. */
public enum TargetFeature {
    /** {@code devices.tpm}; KubeVirt 0.53. */
    TPM,
    /** {@code tpm.persistent}; KubeVirt 1.0. */
    PERSISTENT_TPM,
    /** {@code efi.persistent}; KubeVirt 1.1. */
    PERSISTENT_EFI,
    /** {@code disk.shareable}; KubeVirt 0.51. */
    SHAREABLE_DISK,
    /** {@code interface.state: down}; KubeVirt 1.5 (the field came with 1.0, for {@code absent} only). */
    INTERFACE_STATE,
    /** {@code interface.acpiIndex}; KubeVirt 0.59. */
    ACPI_INDEX,
    /** VirtualMachine preferences; KubeVirt 0.54. */
    PREFERENCE,
    /** {@code spec.architecture}; KubeVirt 1.0. */
    ARCHITECTURE,
    /** zstd streams are accepted for upload; CDI 1.57. */
    ZSTD_UPLOAD,
    /** Raw uploads are written sparse; CDI 1.60. */
    SPARSE_RAW_UPLOAD
}
