package io.vmferry.demo;

import io.vmferry.converter.vmdk.StreamOptimizedWriter;
import io.vmferry.demo.FatVolume.Entry;
import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.file.FileStore;
import io.vmferry.vmware.files.OvaWriter;
import io.vmferry.vmware.files.SampleOvf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An appliance as vCenter exports it: two disks with partition table and FAT32 file system, holding vmferry's own libraries and
 * some logs, as streamOptimized VMDKs in ESXi's layout, packed as OVA with a manifest.
 */
public final class SampleAppliance {
    public static final String VM = "web01";

    private static final long GIB = 1L << 30;
    private static final int MIB = 1 << 20;
    private static final int MOST_PER_DISK = 48 * MIB;
    private static final int LOG_LINES = 60_000;

    private SampleAppliance() {}

    /** @param ova file to write; appears when it is whole */
    public static void write(Path ova) {
        Path folder = java.util.Objects.requireNonNull(ova.toAbsolutePath().getParent());
        try {
            Files.createDirectories(folder);
            List<OvaWriter.Member> members = new ArrayList<>();
            List<SampleOvf.SampleDisk> disks = new ArrayList<>();
            SparseDisk system = systemDisk();
            SparseDisk data = dataDisk();
            for (SparseDisk disk : List.of(system, data)) {
                String name = VM + "-disk" + (members.size() + 1) + ".vmdk";
                Path file = folder.resolve("." + name + ".part");
                write(disk, file);
                members.add(new OvaWriter.Member(name, file));
                disks.add(new SampleOvf.SampleDisk(
                        name,
                        Files.size(file),
                        disk.size(),
                        (long) disk.blocks().size() * SparseDisk.BLOCK));
            }
            SampleOvf ovf = new SampleOvf(
                    VM,
                    disks,
                    List.of(
                            new SampleOvf.Card("VM Network", "00:50:56:aa:00:01"),
                            new SampleOvf.Card("Storage", "00:50:56:aa:00:02")));
            OvaWriter.write(ova, VM, ovf.text(), members);
            for (OvaWriter.Member member : members) {
                Files.delete(member.file());
            }
        } catch (IOException e) {
            throw IoFailure.writing(ova.toString(), e);
        }
    }

    /** 4 GiB, files that hardly compress. */
    static SparseDisk systemDisk() throws IOException {
        return disk(4 * GIB, "SYSTEM", libraries());
    }

    /** 16 GiB, files that compress well. */
    static SparseDisk dataDisk() {
        return disk(16 * GIB, "DATA", logs());
    }

    private static SparseDisk disk(long size, String label, List<Entry> files) {
        SparseDisk disk = new SparseDisk(size);
        disk.write(0, partitionTable(size));
        new FatVolume(disk, MIB).format(label, "FILES", files);
        return disk;
    }

    /** A classic partition table with one bootable FAT32 partition (type 0x0c) from the first MiB on. */
    private static byte[] partitionTable(long size) {
        ByteBuffer table = ByteBuffer.wrap(new byte[SparseDisk.SECTOR]).order(ByteOrder.LITTLE_ENDIAN);
        table.put(446, (byte) 0x80).put(450, (byte) 0x0c);
        table.putInt(454, MIB / SparseDisk.SECTOR).putInt(458, (int) ((size - MIB) / SparseDisk.SECTOR));
        table.putShort(510, (short) 0xaa55);
        return table.array();
    }

    /** The jars this very program runs from: real content that hardly compresses. */
    private static List<Entry> libraries() throws IOException {
        List<Entry> files = new ArrayList<>();
        int total = 0;
        String[] classPath = System.getProperty("java.class.path").split(java.io.File.pathSeparator);
        List<Path> jars = Stream.of(classPath)
                .map(Path::of)
                .filter(path -> path.toString().endsWith(".jar") && Files.isRegularFile(path))
                .sorted()
                .toList();
        for (Path jar : jars) {
            byte[] content = Files.readAllBytes(jar);
            if (total + content.length <= MOST_PER_DISK) {
                total += content.length;
                files.add(new Entry("LIB%05d.JAR".formatted(files.size()), content));
            }
        }
        files.add(new Entry("README.TXT", "Sample disk of the vmferry demo.\n".getBytes(StandardCharsets.US_ASCII)));
        return files;
    }

    /** Made-up web logs: text, the kind of content that compresses well. */
    private static List<Entry> logs() {
        List<Entry> files = new ArrayList<>();
        long state = 20261124;
        for (int day = 1; day <= 5; day++) {
            StringBuilder text = new StringBuilder();
            for (int line = 0; line < LOG_LINES; line++) {
                state = state * 6364136223846793005L + 1442695040888963407L;
                int word = (int) (state >>> 40);
                text.append(String.format(
                        Locale.ROOT,
                        "192.0.2.%d - - [%02d/Nov/2026:%02d:%02d:%02d +0000] \"GET /item/%d HTTP/1.1\" %d %d%n",
                        word & 0xff,
                        day,
                        line / 2500,
                        line / 42 % 60,
                        line % 60,
                        word >> 8,
                        word % 17 == 0 ? 404 : 200,
                        word % 9000));
            }
            files.add(new Entry("ACCESS%d.LOG".formatted(day), text.toString().getBytes(StandardCharsets.US_ASCII)));
        }
        return files;
    }

    private static void write(SparseDisk disk, Path file) throws IOException {
        Files.deleteIfExists(file);
        try (FileStore store = FileStore.open(file);
                StreamOptimizedWriter vmdk = StreamOptimizedWriter.create(store, disk.size())) {
            for (Map.Entry<Long, ByteBuffer> block : disk.blocks().entrySet()) {
                vmdk.grain(block.getKey() * (SparseDisk.BLOCK / SparseDisk.SECTOR), block.getValue());
            }
            vmdk.finish();
        }
    }
}
