package io.vmferry.simulator.vsphere.world;

import io.vmferry.simulator.vsphere.disk.DeltaFormat;
import io.vmferry.simulator.vsphere.disk.DiskChain;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A disk of a machine: its place on the bus, its files, its content. Names and places are guarded by the world's lock. */
public final class VmDisk {
    private final DiskSpec spec;
    private final Bus bus;
    private final int unit;
    private final Datastore datastore;
    private final String folder;
    private final String uuid;
    private final DiskChain chain;
    private final String ownStem;
    /** Of the descriptors without {@code .vmdk}, one per layer, the base first. */
    final List<String> stems = new ArrayList<>();
    /** Change id in each snapshot's configuration, the first snapshot first; empty where tracking was off. */
    final List<String> changeIds = new ArrayList<>();

    boolean tracked;

    VmDisk(
            DiskSpec spec,
            Bus bus,
            int unit,
            Datastore datastore,
            String folder,
            String stem,
            String uuid,
            DiskChain chain) {
        this.spec = spec;
        this.bus = bus;
        this.unit = unit;
        this.datastore = datastore;
        this.folder = folder;
        this.uuid = uuid;
        this.chain = chain;
        this.ownStem = stem;
        stems.add(stem);
        if (spec.cloneOf != null) {
            addDelta(1);
        }
    }

    void addDelta(int number) {
        stems.add(ownStem + String.format("-%06d", number));
    }

    public DiskSpec spec() {
        return spec;
    }

    public Bus bus() {
        return bus;
    }

    public int unit() {
        return unit;
    }

    /** Device key in the machine's configuration. */
    public int key() {
        return bus.diskKey(spec.bus, unit);
    }

    public Datastore datastore() {
        return datastore;
    }

    String folder() {
        return folder;
    }

    public String uuid() {
        return uuid;
    }

    /** Content; may be read and written without the world's lock. */
    public DiskChain chain() {
        return chain;
    }

    /** Changed blocks are being tracked: the disk has a change id. */
    public boolean tracked() {
        return tracked;
    }

    /** Names of the descriptors without their ending, the base first. */
    public List<String> stems() {
        return List.copyOf(stems);
    }

    public int layers() {
        return stems.size();
    }

    /** The lowest layer belongs to another machine. */
    public boolean linkedClone() {
        return spec.cloneOf != null;
    }

    /** @param snapshot index of a snapshot; empty when its configuration has no change id */
    public String changeId(int snapshot) {
        return snapshot < changeIds.size() ? changeIds.get(snapshot) : "";
    }

    /** Path of a layer's descriptor inside the datastore: {@code web/web-000001.vmdk}. */
    public String descriptorPath(int layer) {
        VmDisk origin = spec.cloneOf;
        return layer == 0 && origin != null ? origin.descriptorPath(0) : folder + "/" + stems.get(layer) + ".vmdk";
    }

    /** Path of the file with a layer's bytes. */
    public String dataPath(int layer) {
        String suffix = layer > 0
                ? datastore.kind().delta().suffix()
                : spec.rdm == null ? "flat" : spec.rdm.equals("physicalMode") ? "rdmp" : "rdm";
        return descriptorPath(layer).replaceFirst("\\.vmdk$", "-" + suffix + ".vmdk");
    }

    /** As in {@code fileName}: {@code [datastore1] web/web.vmdk}. */
    public String fileName(int layer) {
        return "[" + datastore.name() + "] " + descriptorPath(layer);
    }

    /** The layer that a path names by its descriptor or data; -1 none. */
    int layerOf(String path) {
        for (int i = 0; i < stems.size(); i++) {
            if (path.equals(descriptorPath(i)) || path.equals(dataPath(i))) {
                return i;
            }
        }
        return -1;
    }

    /** The text of a layer's descriptor file. */
    public String descriptor(int layer) {
        DeltaFormat delta = datastore.kind().delta();
        long sectors = chain.size() / 512;
        @Nullable String parent = layer == 0 ? null : descriptorPath(layer - 1);
        boolean sameFolder = parent != null && parent.startsWith(folder + "/");
        String hint = parent == null
                ? ""
                : "parentFileNameHint=\""
                        + (sameFolder
                                ? parent.substring(folder.length() + 1)
                                : datastore.url().replace("ds://", "") + parent)
                        + "\"\n";
        String type = layer == 0 ? spec.rdm == null ? "vmfs" : rdmType() : delta.createType();
        String extent = layer == 0 ? spec.rdm == null ? "VMFS" : "VMFSRDM" : delta.extentType();
        String data = dataPath(layer);
        return "# Disk DescriptorFile\nversion=" + (tracked ? 3 : 1) + "\nencoding=\"UTF-8\"\nCID="
                + contentId(layer) + "\nparentCID=" + (layer == 0 ? "ffffffff" : contentId(layer - 1))
                + "\ncreateType=\"" + type + "\"\n" + hint + "\n# Extent description\nRW " + sectors + " " + extent
                + " \"" + data.substring(data.lastIndexOf('/') + 1) + "\"\n\n# The Disk Data Base\n#DDB\n\n"
                + "ddb.adapterType = \"" + (bus == Bus.IDE ? "ide" : "lsilogic") + "\"\n"
                + "ddb.geometry.cylinders = \"" + Math.max(1, Math.min(65535, sectors / (255 * 63))) + "\"\n"
                + "ddb.geometry.heads = \"255\"\nddb.geometry.sectors = \"63\"\n"
                + (spec.thin && layer == 0 ? "ddb.thinProvisioned = \"1\"\n" : "")
                + "ddb.uuid = \"" + uuidBytes() + "\"\nddb.virtualHWVersion = \"19\"\n";
    }

    private String rdmType() {
        return "physicalMode".equals(spec.rdm) ? "vmfsPassthroughRawDeviceMap" : "vmfsRawDeviceMap";
    }

    private String contentId(int layer) {
        return String.format("%08x", (descriptorPath(0).hashCode() + layer * 7919) & 0x7fffffff);
    }

    /** {@code 60 00 C2 9c …}, the form of descriptors. */
    private String uuidBytes() {
        String hex = uuid.replace("-", "").toLowerCase(Locale.ROOT);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 32; i += 2) {
            text.append(i == 0 ? "" : i == 16 ? "-" : " ").append(hex, i, i + 2);
        }
        return text.toString();
    }
}
