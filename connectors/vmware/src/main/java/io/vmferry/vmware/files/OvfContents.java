package io.vmferry.vmware.files;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Notice;
import io.vmferry.spi.model.Vm;
import io.vmferry.vmware.files.manifest.Manifest;
import io.vmferry.vmware.files.ovf.OvfDocument;
import io.vmferry.vmware.files.ovf.OvfDocument.VirtualSystem;
import io.vmferry.vmware.files.ovf.OvfReader;
import io.vmferry.vmware.files.ovf.VmwareDialect;
import io.vmferry.vmware.files.pack.PackageFile;
import io.vmferry.vmware.files.pack.PackageFiles;
import io.vmferry.vmware.files.pack.Stamp;
import io.vmferry.vmware.files.pack.WholeFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads one descriptor of a package with its manifest, and the VMs in it. One use. */
final class OvfContents {
    private final Where where;
    private final PackageFiles files;
    private final PackageFile descriptor;
    private final Function<String, String> keys;
    private final List<Notice> notices = new ArrayList<>();
    /** Names of all files that the descriptor, its manifest and its certificate account for. */
    private final Set<String> known = new LinkedHashSet<>();

    private final List<Stamp> stamps = new ArrayList<>();

    /** @param keys turns the name of a file in the package into the key of the disk in it */
    OvfContents(Where where, PackageFiles files, PackageFile descriptor, Function<String, String> keys) {
        this.where = where;
        this.files = files;
        this.descriptor = descriptor;
        this.keys = keys;
    }

    Set<String> known() {
        return known;
    }

    List<Stamp> stamps() {
        return stamps;
    }

    /**
     * @param further notices about the package as a whole
     * @param partPrefix distinguishes several descriptors of one package; empty there is one only
     */
    List<FoundVm> vms(List<Notice> further, String partPrefix) {
        notices.addAll(further);
        byte[] text = read(descriptor, OvfReader.MAX_BYTES, FilesError.OVF_TOO_LARGE);
        @Nullable Manifest manifest = manifest();
        if (manifest != null) {
            manifest.of(descriptor.name()).ifPresent(promise -> promise.check(text, text.length));
        }
        OvfDocument document = OvfReader.read(descriptor.path(), text);
        if (document.ovirt()) {
            throw new VmferryException(
                    FilesError.OVF_FROM_OVIRT,
                    descriptor.path(),
                    "it was exported by oVirt, whose descriptors and qcow2 disks this source cannot read yet",
                    "Migrate the VM from the oVirt engine itself, or convert its disks with \"vmferry convert\".");
        }
        document.files().values().forEach(f -> known.add(f.href().replaceFirst("^(\\./)+", "")));
        List<VirtualSystem> systems = document.systems();
        Set<String> parts = new HashSet<>();
        List<FoundVm> vms = new ArrayList<>();
        for (int i = 0; i < systems.size(); i++) {
            VirtualSystem system = systems.get(i);
            boolean single = systems.size() == 1 && partPrefix.isEmpty();
            String id = system.id().isBlank() ? Integer.toString(i + 1) : system.id();
            if (!parts.add(id)) {
                throw new VmferryException(
                        FilesError.OVF_INVALID,
                        descriptor.path(),
                        "two of its virtual systems have the id \"" + id + "\"",
                        "Give each virtual system an id of its own.");
            }
            vms.add(vm(document, system, manifest, single ? null : partPrefix + id));
        }
        return vms;
    }

    private FoundVm vm(OvfDocument document, VirtualSystem system, @Nullable Manifest manifest, @Nullable String part) {
        OvfDisks disks = new OvfDisks(document, files, manifest, keys);
        VmwareDialect dialect = new VmwareDialect(
                document, system, part == null ? where.vm(system.name()) : where.vm(part, system.name()), disks);
        Vm vm = dialect.vm(where.placement(), () -> noticesOf(disks, manifest));
        return new FoundVm(vm, disks.openers());
    }

    /** Asked for when all disks were located. */
    private List<Notice> noticesOf(OvfDisks disks, @Nullable Manifest manifest) {
        List<Notice> all = new ArrayList<>(notices);
        all.addAll(disks.notices());
        for (PackageFile file : disks.used()) {
            known.add(file.name());
            stamps.add(file.stamp());
            if (manifest != null && manifest.of(file.name()).isEmpty()) {
                all.add(where.notice(
                        "files.manifest-incomplete",
                        "the manifest does not list \"" + file.name() + "\"; its content cannot be proven"));
            }
        }
        return all;
    }

    private @Nullable Manifest manifest() {
        String base = base(descriptor.name());
        known.add(descriptor.name());
        stamps.add(descriptor.stamp());
        Optional<PackageFile> certificate = besides(base, ".cert");
        certificate.ifPresent(file -> {
            known.add(file.name());
            notices.add(where.notice(
                            "files.certificate",
                            "the signature in \"" + file.name() + "\" is not checked; only the manifest's digests are")
                    .trifling());
        });
        Optional<PackageFile> file = besides(base, ".mf");
        if (file.isEmpty()) {
            notices.add(where.notice(
                    "files.manifest-missing", "there is no manifest, so its files cannot be proven to be complete"));
            return null;
        }
        known.add(file.get().name());
        stamps.add(file.get().stamp());
        Manifest manifest =
                Manifest.parse(file.get().path(), read(file.get(), Manifest.MAX_BYTES, FilesError.MANIFEST_MALFORMED));
        for (String name : manifest.names()) {
            if (files.find(name).isEmpty()) {
                notices.add(where.notice(
                        "files.manifest-extra", "the manifest lists \"" + name + "\", which is not in the package"));
            }
        }
        return manifest;
    }

    private Optional<PackageFile> besides(String base, String suffix) {
        Optional<PackageFile> named = files.find(base + suffix);
        if (named.isPresent()) {
            return named;
        }
        // Renaming an exported OVF and forgetting its manifest is common; one that stands alone can only mean it.
        List<String> all = files.names();
        List<String> candidates = all.stream().filter(n -> n.endsWith(suffix)).toList();
        long descriptors = all.stream().filter(n -> n.endsWith(".ovf")).count();
        return candidates.size() == 1 && descriptors == 1 ? files.find(candidates.get(0)) : Optional.empty();
    }

    private static byte[] read(PackageFile file, int most, FilesError code) {
        return WholeFile.bytes(
                file,
                most,
                () -> new VmferryException(
                        code,
                        file.path(),
                        "it has " + file.size() + " bytes, more than any real one",
                        "Check that the right file was copied."));
    }

    static String base(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }
}
