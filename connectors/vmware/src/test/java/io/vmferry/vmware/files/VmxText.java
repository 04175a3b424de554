package io.vmferry.vmware.files;

/** A VMX as ESXi writes it, and descriptors to go with it. */
public final class VmxText {
    private VmxText() {}

    public static String db() {
        return """
                .encoding = "UTF-8"
                config.version = "8"
                virtualHW.version = "19"
                nvram = "db.nvram"
                svga.present = "TRUE"
                displayName = "db server"
                guestOS = "rhel8-64"
                firmware = "efi"
                uefi.secureBoot.enabled = "TRUE"
                vtpm.present = "TRUE"
                numvcpus = "8"
                cpuid.coresPerSocket = "4"
                memsize = "16384"
                scsi0.virtualDev = "pvscsi"
                scsi0.present = "TRUE"
                sata0.present = "TRUE"
                scsi0:0.deviceType = "scsi-hardDisk"
                scsi0:0.fileName = "db.vmdk"
                scsi0:0.present = "TRUE"
                scsi0:0.mode = "independent-persistent"
                scsi0:5.deviceType = "scsi-hardDisk"
                scsi0:5.fileName = "gone.vmdk"
                scsi0:5.present = "FALSE"
                sata0:0.deviceType = "cdrom-image"
                sata0:0.fileName = "/vmfs/volumes/iso/tools.iso"
                sata0:0.present = "TRUE"
                floppy0.present = "FALSE"
                ethernet0.virtualDev = "vmxnet3"
                ethernet0.networkName = "VM Network"
                ethernet0.addressType = "vpx"
                ethernet0.generatedAddress = "00:50:56:AA:BB:CC"
                ethernet0.pciSlotNumber = "192"
                ethernet0.uptCompatibility = "TRUE"
                ethernet0.present = "TRUE"
                ethernet1.virtualDev = "e1000e"
                ethernet1.dvs.switchId = "50 1f 3a"
                ethernet1.dvs.portgroupId = "dvportgroup-77"
                ethernet1.addressType = "static"
                ethernet1.address = "00:50:56:00:00:07"
                ethernet1.generatedAddress = "00:0c:29:ff:ff:ff"
                ethernet1.startConnected = "FALSE"
                ethernet1.pciSlotNumber = "-1"
                ethernet1.present = "TRUE"
                uuid.bios = "56 4d 1f 8a 0c 45 77 2b-9d 11 22 33 44 55 66 77"
                uuid.location = "56 4d 1f 8a 0c 45 77 2b-9d 11 22 33 44 55 66 77"
                vc.uuid = "52 9f 00 01 02 03 04 05-06 07 08 09 0a 0b 0c 0d"
                annotation = "line one|0Aline |22two|22"
                ctkEnabled = "TRUE"
                disk.EnableUUID = "TRUE"
                RemoteDisplay.vnc.password = "hunter2"
                guestinfo.userdata = "c2VjcmV0"
                """;
    }

    public static String flatDescriptor(String extent, long sectors) {
        return """
                # Disk DescriptorFile
                version=1
                encoding="UTF-8"
                CID=fffffffe
                parentCID=ffffffff
                createType="vmfs"

                # Extent description
                RW %d VMFS "%s"

                # The Disk Data Base
                #DDB
                ddb.adapterType = "lsilogic"
                ddb.virtualHWVersion = "19"
                """.formatted(sectors, extent);
    }

    public static String delta(String extent, long sectors, String parent) {
        return flatDescriptor(extent, sectors)
                .replace("parentCID=ffffffff", "parentCID=0badcafe\nparentFileNameHint=\"" + parent + "\"")
                .replace("createType=\"vmfs\"", "createType=\"seSparse\"")
                .replace(" VMFS ", " SESPARSE ");
    }
}
