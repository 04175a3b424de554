package io.vmferry.rules.model;

/** Which virtual hardware a guest boots on. */
public enum Profile {
    /** virtio disks and cards: fast, needs drivers in the guest. */
    VIRTIO,
    /** SATA disks and e1000e cards: what every guest has drivers for. Protects booting, not the name of an interface. */
    BOOT_SAFE,
    /** virtio for a Linux that is known and recent, boot-safe for everything else. */
    AUTO
}
