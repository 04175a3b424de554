package io.vmferry.simulator.vsphere.world;

/** Kinds of disk controllers with the numbers that vCenter gives to them and their disks. */
public enum Bus {
    PVSCSI("pvscsi", "ParaVirtualSCSIController", 1000, 2000, 16),
    LSILOGIC("lsilogic", "VirtualLsiLogicController", 1000, 2000, 16),
    LSISAS("lsisas", "VirtualLsiLogicSASController", 1000, 2000, 16),
    BUSLOGIC("buslogic", "VirtualBusLogicController", 1000, 2000, 16),
    AHCI("ahci", "VirtualAHCIController", 15000, 16000, 30),
    IDE("ide", "VirtualIDEController", 200, 3000, 2),
    NVME("nvme", "VirtualNVMEController", 31000, 32000, 15);

    private final String id;
    private final String type;
    private final int firstKey;
    private final int firstDisk;
    private final int units;

    Bus(String id, String type, int firstKey, int firstDisk, int units) {
        this.id = id;
        this.type = type;
        this.firstKey = firstKey;
        this.firstDisk = firstDisk;
        this.units = units;
    }

    static Bus of(String id) {
        for (Bus bus : values()) {
            if (bus.id.equals(id)) {
                return bus;
            }
        }
        throw new IllegalArgumentException("no controller " + id);
    }

    /** Type of the controller in the API. */
    public String type() {
        return type;
    }

    public boolean scsi() {
        return firstKey == 1000;
    }

    public int controllerKey(int number) {
        return firstKey + number;
    }

    public int diskKey(int number, int unit) {
        return firstDisk + number * units + unit;
    }

    /** The n-th free unit; on SCSI, 7 is the controller's own. */
    int unit(int n) {
        return scsi() && n >= 7 ? n + 1 : n;
    }
}
