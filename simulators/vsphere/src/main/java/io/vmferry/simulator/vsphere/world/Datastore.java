package io.vmferry.simulator.vsphere.world;

import io.vmferry.simulator.vsphere.disk.DeltaFormat;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A datastore and the folders of machines on it. */
public final class Datastore extends Entity {
    private final Kind kind;
    /** Folder name to the machine whose files lie there. */
    private final Map<String, Vm> folders = new HashMap<>();

    public long capacity = 4L << 40;
    public long free = 1L << 40;
    public boolean accessible = true;
    /** {@code normal} or {@code inMaintenance}. */
    public String maintenance = "normal";

    /** File systems, with what they do to disks. */
    public enum Kind {
        VMFS6("VMFS", true, DeltaFormat.SE_SPARSE),
        VMFS5("VMFS", true, DeltaFormat.VMFS_SPARSE),
        NFS("NFS", true, DeltaFormat.VMFS_SPARSE),
        /** Objects instead of files: data cannot be read through {@code /folder}. */
        VSAN("vsan", false, DeltaFormat.SE_SPARSE),
        VVOL("VVOL", false, DeltaFormat.SE_SPARSE);

        private final String type;
        private final boolean files;
        private final DeltaFormat delta;

        Kind(String type, boolean files, DeltaFormat delta) {
            this.type = type;
            this.files = files;
            this.delta = delta;
        }

        public String type() {
            return type;
        }

        /** Whether the data of disks are files. */
        public boolean hasFiles() {
            return files;
        }

        public DeltaFormat delta() {
            return delta;
        }
    }

    Datastore(String id, Folder parent, String name, Kind kind) {
        super("Datastore", id, parent, name);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    void add(String folder, Vm vm) {
        folders.put(folder, vm);
    }

    void remove(Vm vm) {
        folders.values().remove(vm);
    }

    Map<String, Vm> folders() {
        return folders;
    }

    boolean hasFolder(String folder) {
        return folders.containsKey(folder);
    }

    /** The machine whose files lie in a folder. */
    public @Nullable Vm owner(String folder) {
        return folders.get(folder);
    }

    public String url() {
        return "ds:///vmfs/volumes/" + new UUID(name().hashCode(), id().hashCode()) + "/";
    }
}
