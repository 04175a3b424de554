package io.vmferry.spi.source;

/** What a kind of source can do at best; a session or a single VM may offer less. */
public enum Capability {
    /** Disks of a VM that is switched off. */
    COLD,
    /** Snapshots, so that a running VM can be read. */
    SNAPSHOT,
    /** Changed blocks since a mark, so that a second pass is short. */
    CHANGED_BLOCKS,
    /** Disks can be read at any offset, so that an interrupted copy goes on where it was. */
    RANDOM_ACCESS,
    POWER,
    NIC_DISCONNECT
}
