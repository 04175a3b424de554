package io.vmferry.simulator.vsphere.disk;

/** How ESXi stores what changes after a snapshot. */
public enum DeltaFormat {
    /** VMFS 6, and disks over 2 TiB. */
    SE_SPARSE("seSparse", "SESPARSE", "sesparse"),
    /** VMFS 5 and NFS; called COWD after its first bytes. */
    VMFS_SPARSE("vmfsSparse", "VMFSSPARSE", "delta");

    private final String createType;
    private final String extentType;
    private final String suffix;

    DeltaFormat(String createType, String extentType, String suffix) {
        this.createType = createType;
        this.extentType = extentType;
        this.suffix = suffix;
    }

    public String createType() {
        return createType;
    }

    public String extentType() {
        return extentType;
    }

    /** {@code web-000001-<suffix>.vmdk}. */
    public String suffix() {
        return suffix;
    }
}
