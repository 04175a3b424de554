package io.vmferry.spi.model;

/**
 * How the VM boots.
 *
 * @param secureBoot only with {@link Kind#EFI}
 * @param tpm the VM has a virtual TPM; its content is not part of any disk
 */
public record Firmware(Kind kind, boolean secureBoot, boolean tpm) {
    /** Firmware family. */
    public enum Kind {
        BIOS,
        EFI
    }
}
