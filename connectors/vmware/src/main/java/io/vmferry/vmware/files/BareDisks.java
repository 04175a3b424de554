package io.vmferry.vmware.files;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.vmware.files.disk.VmdkHead;
import io.vmferry.vmware.files.pack.FolderFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Tells which VMDKs of a folder are VMs of their own: those that no package, descriptor or snapshot claims. */
record BareDisks(String source, Path base) {
    /**
     * @param vmdks all VMDKs of the folder
     * @param packages OVA, OVF and VMX files, of this and other folders
     */
    List<Path> of(Path folder, TreeSet<Path> vmdks, Set<Path> packages) {
        Set<String> claimed = new HashSet<>();
        for (Path file : packages) {
            if (folder.equals(file.getParent()) && !Search.suffix(file).equals("ova")) {
                try {
                    claimed.addAll(read(file).claims());
                } catch (VmferryException e) {
                    // What a broken package claims is unknown; its disks must not appear as VMs of their own.
                    return List.of();
                }
            }
        }
        List<Path> bare = new ArrayList<>();
        Set<String> parts = new HashSet<>();
        for (Path file : vmdks) {
            String name = file.getFileName().toString();
            try {
                ImageChain chain = ImageChain.of(new FolderFiles(folder), FolderFiles.of(name, file));
                if (chain.head().kind() != VmdkHead.Kind.DATA) {
                    bare.add(file);
                }
                chain.names().stream().filter(n -> !n.equals(name)).forEach(parts::add);
            } catch (VmferryException e) {
                bare.add(file); // Unreadable: listed, so that somebody learns of it.
            }
        }
        bare.removeIf(file -> {
            String name = file.getFileName().toString();
            return claimed.contains(name) || parts.contains(name);
        });
        return bare;
    }

    private VmPackage.Contents read(Path file) {
        Where where = Search.where(source, base, file);
        return Search.suffix(file).equals("vmx")
                ? new VmxPackage(where, file).read()
                : new OvfPackage(where, file).read();
    }
}
