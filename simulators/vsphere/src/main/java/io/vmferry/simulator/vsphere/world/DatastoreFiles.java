package io.vmferry.simulator.vsphere.world;

import io.vmferry.spi.image.ByteSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files of a machine as they lie on a datastore. Used under the world's lock; the bytes may be read without it. */
public final class DatastoreFiles {
    private DatastoreFiles() {}

    /**
     * @param path within the datastore
     * @param disk a descriptor of a disk
     */
    public record Listed(String path, long size, boolean disk) {}

    /**
     * A file that can be read.
     *
     * @param writer the running machine that writes it just now; null when nobody does
     * @param data the bytes of a disk, not a text about it
     */
    public record Opened(ByteSource bytes, @Nullable Vm writer, boolean data) {}

    /** Folders on a datastore with the machine that owns each. */
    public static Map<String, Vm> folders(Datastore store) {
        return new TreeMap<>(store.folders());
    }

    /** What a machine has on a datastore. */
    public static List<Listed> list(Vm vm, Datastore store) {
        List<Listed> files = new ArrayList<>();
        if (vm.home() == store) {
            for (String suffix : List.of(".vmx", ".vmsd", ".nvram")) {
                String path = vm.fileFolder() + "/" + vm.fileFolder() + suffix;
                files.add(new Listed(path, text(vm, suffix).length, false));
            }
        }
        for (VmDisk disk : vm.disks()) {
            for (int layer = disk.linkedClone() ? 1 : 0; layer < disk.layers() && disk.datastore() == store; layer++) {
                files.add(new Listed(
                        disk.descriptorPath(layer),
                        size(disk.chain().file(layer, store.kind().delta())),
                        true));
            }
        }
        return files;
    }

    private static long size(ByteSource source) {
        return source.size();
    }

    /** Opens a file by its path; null when it does not exist, or when its datastore keeps no files. */
    public static @Nullable Opened open(Datastore store, String path) {
        int slash = path.indexOf('/');
        Vm vm = slash < 0 ? null : store.owner(path.substring(0, slash));
        if (vm == null) {
            return null;
        }
        Vm.Layered found = vm.find(store, path);
        if (found != null) {
            VmDisk disk = found.disk();
            if (path.equals(disk.descriptorPath(found.layer()))) {
                return new Opened(bytes(disk.descriptor(found.layer()).getBytes(StandardCharsets.UTF_8)), null, false);
            }
            if (!store.kind().hasFiles()) {
                return null;
            }
            ByteSource data = disk.chain().file(found.layer(), store.kind().delta());
            return new Opened(data, vm.poweredOn() && found.current() ? vm : null, true);
        }
        for (String suffix : List.of(".vmx", ".vmsd", ".nvram")) {
            if (vm.home() == store && path.equals(vm.fileFolder() + "/" + vm.fileFolder() + suffix)) {
                return new Opened(bytes(text(vm, suffix)), null, false);
            }
        }
        return null;
    }

    private static byte[] text(Vm vm, String suffix) {
        return switch (suffix) {
            case ".vmx" ->
                ("config.version = \"8\"\nvirtualHW.version = \""
                                + vm.spec().hardwareVersion.replace("vmx-", "") + "\"\ndisplayName = \"" + vm.name()
                                + "\"\nfirmware = \"" + vm.spec().firmware + "\"\nnumvcpus = \"" + vm.spec().cpus
                                + "\"\nmemSize = \"" + vm.spec().memoryMb + "\"\n")
                        .getBytes(StandardCharsets.UTF_8);
            case ".vmsd" ->
                ("snapshot.numSnapshots = \"" + vm.snapshots().size() + "\"\n").getBytes(StandardCharsets.UTF_8);
            default -> new byte[8684];
        };
    }

    private static ByteSource bytes(byte[] content) {
        return new ByteSource() {
            @Override
            public String name() {
                return "text";
            }

            @Override
            public long size() {
                return content.length;
            }

            @Override
            public int read(long offset, ByteBuffer target) {
                int length = (int) Math.max(0, Math.min(target.remaining(), content.length - offset));
                if (length > 0) {
                    target.put(content, (int) offset, length);
                }
                return length;
            }

            @Override
            public void close() {}
        };
    }
}
