package io.vmferry.vmware.files;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Notice;
import io.vmferry.vmware.files.pack.OvaFiles;
import io.vmferry.vmware.files.pack.PackageFile;
import io.vmferry.vmware.files.pack.Stamp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** An OVA: an OVF package in a tar archive. */
record OvaPackage(Where where, Path file) implements VmPackage {
    @Override
    public Contents read() {
        OvaFiles files = OvaFiles.index(file, where.key());
        List<String> names = files.names();
        List<String> descriptors = names.stream()
                .filter(n -> n.toLowerCase(Locale.ROOT).endsWith(".ovf"))
                .toList();
        if (descriptors.isEmpty()) {
            throw new VmferryException(
                    FilesError.OVA_WITHOUT_OVF,
                    where.key(),
                    "the archive has no OVF descriptor",
                    "Check that the right file was copied; an OVA has its .ovf as first member.");
        }
        List<Notice> notices = new ArrayList<>();
        if (!names.get(0).equals(descriptors.get(0))) {
            notices.add(where.notice(
                            "files.ova-order",
                            "\"" + names.get(0) + "\" comes before the descriptor, which should be first")
                    .trifling());
        }
        Set<String> known = new HashSet<>();
        List<Stamp> stamps = new ArrayList<>();
        List<FoundVm> vms = new ArrayList<>();
        List<String> extra = new ArrayList<>();
        for (String name : descriptors) {
            PackageFile descriptor = files.find(name).orElseThrow();
            OvfContents contents = new OvfContents(where, files, descriptor, member -> where.key() + "!" + member);
            vms.addAll(contents.vms(notices, descriptors.size() == 1 ? "" : OvfContents.base(name) + "/"));
            known.addAll(contents.known());
            stamps.addAll(contents.stamps());
        }
        if (!files.duplicates().isEmpty()) {
            throw new VmferryException(
                    FilesError.OVA_DUPLICATE_NAME,
                    where.key(),
                    "the archive has two members called \"" + files.duplicates().get(0) + "\"",
                    "Export the VM again; which of the two is meant cannot be told.");
        }
        names.stream().filter(n -> !known.contains(n)).forEach(extra::add);
        return new Contents(withExtra(vms, extra), stamps.stream().distinct().toList(), Set.of());
    }

    private List<FoundVm> withExtra(List<FoundVm> vms, List<String> extra) {
        return extra.isEmpty()
                ? vms
                : vms.stream()
                        .map(vm -> vm.noticing(where.notice(
                                        "files.ova-extra",
                                        "the archive has members that its descriptor does not mention: "
                                                + String.join(", ", extra.subList(0, Math.min(10, extra.size())))
                                                + (extra.size() > 10 ? " and " + (extra.size() - 10) + " more" : ""))
                                .trifling()))
                        .toList();
    }
}
