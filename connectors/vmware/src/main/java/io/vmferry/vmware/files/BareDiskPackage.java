package io.vmferry.vmware.files;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Cpu;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Firmware;
import io.vmferry.spi.model.GuestOs;
import io.vmferry.spi.model.Identity;
import io.vmferry.spi.model.Notice;
import io.vmferry.spi.model.PowerState;
import io.vmferry.spi.model.Vm;
import io.vmferry.vmware.files.disk.DiskFiles;
import io.vmferry.vmware.files.disk.VmdkHead;
import io.vmferry.vmware.files.pack.FolderFiles;
import io.vmferry.vmware.files.pack.PackageFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A VMDK that no configuration goes with: a VM of one disk, everything else assumed, and said so. */
record BareDiskPackage(Where where, Path file) implements VmPackage {
    private static final long MEMORY = 1L << 30;

    @Override
    public Contents read() {
        Path folder = file.toAbsolutePath().getParent();
        FolderFiles files =
                new FolderFiles(folder == null ? file.toAbsolutePath().getRoot() : folder);
        String name = file.getFileName().toString();
        PackageFile container = FolderFiles.of(name, file);
        ImageChain chain = ImageChain.of(files, container);
        if (chain.head().kind() == VmdkHead.Kind.DATA) {
            throw new VmferryException(
                    FilesError.VMDK_DATA_FILE,
                    file.toString(),
                    "it holds data only; the descriptor that tells what they mean is another file",
                    "Name the descriptor instead, as a rule the file without \"-flat\", \"-delta\" or \"-s001\".");
        }
        DiskFiles content = chain.content(files);
        List<Notice> notices = new ArrayList<>();
        notices.add(
                where.notice(
                        "files.bare-disk",
                        "it is a disk without a VM's configuration: 1 processor, 1 GiB of memory, BIOS and no network card are assumed"));
        if (chain.head().delta()) {
            notices.add(where.notice(
                    "files.snapshot-delta", "it is a snapshot delta; it is read together with its parents"));
        }
        String key = where.key();
        Disk disk = new Disk(
                key,
                "Hard disk 1",
                chain.head().capacityBytes(),
                null,
                chain.bytes(),
                chain.format(),
                where.folder(),
                new Disk.Attachment("scsi", "", 0, 0),
                1,
                null,
                Disk.Backing.IMAGE,
                "",
                false,
                null);
        Vm vm = new Vm(
                where.vm(""),
                new Identity(null, null, null),
                PowerState.UNKNOWN,
                false,
                new GuestOs("", GuestOs.Family.UNKNOWN, "", null, null, List.of()),
                new Cpu(1, 1, 1, "amd64"),
                MEMORY,
                new Firmware(Firmware.Kind.BIOS, false, false),
                null,
                List.of(disk),
                List.of(),
                List.of(),
                List.of(),
                where.placement(),
                Map.of(),
                Map.of(),
                "",
                notices);
        return new Contents(
                List.of(new FoundVm(vm, Map.of(key, content::open))),
                chain.files().stream().map(PackageFile::stamp).toList(),
                chain.names());
    }
}
