package io.vmferry.vmware.vsphere.disk;

/** How disks come out, as a migration file asks for it. */
public enum Transfer {
    /** By their files where that works, by export where it does not. */
    AUTO,
    /** By their files only: ranges, resumable, straight from the host. */
    FOLDER,
    /** By export leases only: one stream from the start. */
    NFC
}
