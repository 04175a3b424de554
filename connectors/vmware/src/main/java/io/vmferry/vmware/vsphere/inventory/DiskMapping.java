package io.vmferry.vmware.vsphere.inventory;

import io.vmferry.spi.model.Disk;
import io.vmferry.vmware.vsphere.client.XmlNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The disks of a VM, in the words of the model. One use. */
final class DiskMapping {
    private final XmlNode vm;
    private final Surroundings around;
    private final BiConsumer<String, String> notice;
    private final Map<Integer, Long> fileSizes = new HashMap<>();

    DiskMapping(XmlNode vm, Surroundings around, BiConsumer<String, String> notice) {
        this.vm = vm;
        this.around = around;
        this.notice = notice;
        for (XmlNode file : vm.each("layoutEx.file")) {
            Integer key = file.integer("key");
            Long size = file.number("size");
            if (key != null && size != null && file.text("type", "").equals("diskExtent")) {
                fileSizes.put(key, size);
            }
        }
    }

    List<Disk> disks(List<DiskDevice> devices) {
        return devices.stream().map(this::disk).toList();
    }

    private Disk disk(DiskDevice device) {
        DiskBacking backing = device.backing();
        String mode = backing.node().text("diskMode", "");
        String sharing = backing.node().text("sharing", "");
        boolean shared = sharing.equals("sharingMultiWriter")
                || device.busSharing().equals("physicalSharing")
                || device.busSharing().equals("virtualSharing");
        report(device);
        return new Disk(
                device.key(),
                device.label(),
                device.capacityBytes(),
                used(device),
                null,
                format(backing),
                storage(backing),
                device.attachment(),
                bootOrder(device.deviceKey()),
                serial(device),
                kind(backing),
                mode.equals("persistent") ? "" : mode,
                shared,
                null);
    }

    private void report(DiskDevice device) {
        DiskBacking backing = device.backing();
        if (backing.fileName() == null) {
            notice.accept(
                    "vsphere.disk-without-file",
                    device.label() + " is no file on a datastore (" + backing.type() + ")");
        }
        if (device.capacityBytes() <= 0) {
            notice.accept("vsphere.disk-capacity-unknown", device.label() + " has no capacity that the server tells");
        }
        if (!around.datastores().isEmpty() && backing.datastore() != null) {
            DatastoreFacts datastore = around.datastore(backing.datastore());
            if (datastore != null && !datastore.accessible()) {
                notice.accept(
                        "vsphere.datastore-inaccessible",
                        device.label() + " lies on " + datastore.name() + ", which no host reaches now");
            }
        }
    }

    /** Sizes of the extents of the whole chain; of a thin disk, what is allocated. */
    private @Nullable Long used(DiskDevice device) {
        for (XmlNode disk : vm.each("layoutEx.disk")) {
            Integer key = disk.integer("key");
            if (key == null || key != device.deviceKey()) {
                continue;
            }
            long sum = 0;
            boolean known = false;
            for (XmlNode file : disk.each("chain.fileKey")) {
                Long size = fileSizes.get(number(file.text()));
                if (size != null) {
                    known = true;
                    sum += size;
                }
            }
            return known ? sum : null;
        }
        return null;
    }

    private static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    }

    private String format(DiskBacking backing) {
        DiskBacking base = backing.chain().get(backing.chain().size() - 1);
        String kind;
        if (backing.mapped()) {
            kind = "raw device mapping";
        } else if (backing.type().contains("SeSparse")) {
            kind = "seSparse";
        } else if (backing.type().contains("Sparse")) {
            kind = "sparse";
        } else if (base.node().isTrue("thinProvisioned")) {
            kind = "thin";
        } else {
            kind = base.node().isTrue("eagerlyScrub") ? "eager zeroed thick" : "thick";
        }
        int deltas = backing.chain().size() - 1;
        String delta = backing.delta() == null ? "" : " " + backing.delta().replace("Format", "");
        // Checks tell by this word that no copy can be read.
        return "vmdk " + (backing.encrypted(vm) ? "encrypted " : "") + kind
                + (deltas == 0 ? "" : " with " + deltas + delta + (deltas == 1 ? " delta" : " deltas"));
    }

    private String storage(DiskBacking backing) {
        DatastoreFacts datastore = around.datastore(backing.datastore());
        if (datastore != null) {
            return datastore.name();
        }
        String file = backing.fileName();
        int end = file == null ? -1 : file.indexOf(']');
        return file != null && file.startsWith("[") && end > 0 ? file.substring(1, end) : "";
    }

    private static Disk.Backing kind(DiskBacking backing) {
        if (!backing.mapped()) {
            return Disk.Backing.IMAGE;
        }
        return backing.node().text("compatibilityMode", "").equals("virtualMode")
                ? Disk.Backing.RDM_VIRTUAL
                : Disk.Backing.RDM_PHYSICAL;
    }

    private @Nullable Integer bootOrder(int deviceKey) {
        List<XmlNode> order = vm.each("config.bootOptions.bootOrder");
        for (int i = 0; i < order.size(); i++) {
            Integer key = order.get(i).integer("deviceKey");
            if (order.get(i).type().contains("Disk") && key != null && key == deviceKey) {
                return i + 1;
            }
        }
        return null;
    }

    /** SCSI disks show their UUID as serial only where disk.EnableUUID is set. */
    private @Nullable String serial(DiskDevice device) {
        String uuid = device.backing().uuid();
        if (uuid == null || !device.attachment().bus().equals("scsi") || !enableUuid()) {
            return null;
        }
        return uuid.replace("-", "").toLowerCase(Locale.ROOT);
    }

    private boolean enableUuid() {
        return vm.each("config.extraConfig").stream()
                .anyMatch(option -> option.text("key", "").equalsIgnoreCase("disk.EnableUUID")
                        && option.text("value", "").equalsIgnoreCase("true"));
    }
}
