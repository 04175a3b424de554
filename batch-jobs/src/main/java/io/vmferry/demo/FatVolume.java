package io.vmferry.demo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes a FAT32 file system with one folder of files, so that the demo's disks hold what a real disk holds. Field positions
 * are those of Microsoft's FAT specification 1.03: boot sector at 0 and 6, FSInfo at 1, two FATs behind 32 reserved sectors.
 */
final class FatVolume {
    private static final int SECTOR = SparseDisk.SECTOR;
    private static final int SECTORS_PER_CLUSTER = 8;
    private static final int CLUSTER = SECTOR * SECTORS_PER_CLUSTER;
    private static final int RESERVED = 32;
    private static final int END_OF_CHAIN = 0x0fff_ffff;
    // 2026-11-24 00:00, as FAT packs it; a fixed time keeps the demo's disks the same every time.
    private static final short DATE = (short) ((2026 - 1980) << 9 | 11 << 5 | 24);
    private static final int ENTRY = 32;
    private static final byte ATTRIBUTE_FOLDER = 0x10;
    private static final byte ATTRIBUTE_FILE = 0x20;
    private static final byte ATTRIBUTE_LABEL = 0x08;

    private final SparseDisk disk;
    private final long start;
    private final int sectors;
    private final int fatSectors;
    private final List<Integer> fat = new ArrayList<>(List.of(0x0fff_fff8, END_OF_CHAIN));

    /** @param start byte on the disk where the volume begins; it reaches to the disk's end */
    FatVolume(SparseDisk disk, long start) {
        this.disk = disk;
        this.start = start;
        this.sectors = Math.toIntExact((disk.size() - start) / SECTOR);
        int clusters = (sectors - RESERVED) / SECTORS_PER_CLUSTER;
        this.fatSectors = (clusters + 2) * 4 / SECTOR + 1;
    }

    /** A file; its name is put into 8.3 form. */
    record Entry(String name, byte[] content) {}

    void format(String label, String folder, List<Entry> files) {
        byte[] root = new byte[CLUSTER];
        byte[] listing = new byte[Math.max(1, (files.size() + 2 + CLUSTER / ENTRY - 1) / (CLUSTER / ENTRY)) * CLUSTER];
        int rootCluster = allocate(root.length);
        int folderCluster = allocate(listing.length);
        ByteBuffer entries = little(listing);
        entry(entries, ".          ", ATTRIBUTE_FOLDER, folderCluster, 0);
        entry(entries, "..         ", ATTRIBUTE_FOLDER, 0, 0);
        for (Entry file : files) {
            int cluster = file.content().length == 0 ? 0 : allocate(file.content().length);
            entry(entries, shortName(file.name()), ATTRIBUTE_FILE, cluster, file.content().length);
            if (cluster != 0) {
                disk.write(offsetOf(cluster), file.content());
            }
        }
        disk.write(offsetOf(folderCluster), listing);
        ByteBuffer rootEntries = little(root);
        entry(rootEntries, padded(label, 11), ATTRIBUTE_LABEL, 0, 0);
        entry(rootEntries, padded(folder, 11), ATTRIBUTE_FOLDER, folderCluster, 0);
        disk.write(offsetOf(rootCluster), root);
        writeTables(label, rootCluster);
    }

    private int allocate(int bytes) {
        int first = fat.size();
        int count = (bytes + CLUSTER - 1) / CLUSTER;
        for (int i = 1; i < count; i++) {
            fat.add(first + i);
        }
        fat.add(END_OF_CHAIN);
        return first;
    }

    private long offsetOf(int cluster) {
        return start + (long) (RESERVED + 2 * fatSectors) * SECTOR + (long) (cluster - 2) * CLUSTER;
    }

    private void writeTables(String label, int rootCluster) {
        byte[] boot = bootSector(label, rootCluster);
        byte[] info = infoSector();
        disk.write(start, boot);
        disk.write(start + SECTOR, info);
        disk.write(start + 6L * SECTOR, boot);
        disk.write(start + 7L * SECTOR, info);
        ByteBuffer table = little(new byte[fat.size() * 4]);
        fat.forEach(table::putInt);
        disk.write(start + (long) RESERVED * SECTOR, table.array());
        disk.write(start + (long) (RESERVED + fatSectors) * SECTOR, table.array());
    }

    private byte[] bootSector(String label, int rootCluster) {
        ByteBuffer boot = little(new byte[SECTOR]);
        boot.put(new byte[] {(byte) 0xeb, 0x58, (byte) 0x90}).put(ascii("VMFERRY "));
        boot.putShort((short) SECTOR)
                .put((byte) SECTORS_PER_CLUSTER)
                .putShort((short) RESERVED)
                .put((byte) 2);
        boot.putShort((short) 0).putShort((short) 0).put((byte) 0xf8).putShort((short) 0);
        boot.putShort((short) 63).putShort((short) 255);
        boot.putInt((int) (start / SECTOR)).putInt(sectors).putInt(fatSectors);
        boot.putShort((short) 0).putShort((short) 0).putInt(rootCluster);
        boot.putShort((short) 1).putShort((short) 6).position(64);
        boot.put((byte) 0x80).put((byte) 0).put((byte) 0x29).putInt(0x20261124);
        boot.put(ascii(padded(label, 11))).put(ascii("FAT32   "));
        boot.putShort(510, (short) 0xaa55);
        return boot.array();
    }

    private byte[] infoSector() {
        ByteBuffer info = little(new byte[SECTOR]);
        info.putInt(0, 0x4161_5252);
        info.putInt(484, 0x6141_7272);
        int clusters = (sectors - RESERVED - 2 * fatSectors) / SECTORS_PER_CLUSTER;
        info.putInt(488, clusters - (fat.size() - 2));
        info.putInt(492, fat.size());
        info.putShort(510, (short) 0xaa55);
        return info.array();
    }

    private static void entry(ByteBuffer entries, String name, byte attribute, int cluster, int size) {
        int at = entries.position();
        entries.put(ascii(name)).put(attribute);
        entries.putShort(at + 16, DATE).putShort(at + 18, DATE).putShort(at + 24, DATE);
        entries.putShort(at + 20, (short) (cluster >>> 16)).putShort(at + 26, (short) cluster);
        entries.putInt(at + 28, size);
        entries.position(at + ENTRY);
    }

    private static String shortName(String name) {
        int dot = name.lastIndexOf('.');
        String base = dot < 0 ? name : name.substring(0, dot);
        String extension = dot < 0 ? "" : name.substring(dot + 1);
        return padded(base, 8) + padded(extension, 3);
    }

    private static String padded(String text, int length) {
        String plain = text.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_-]", "");
        return (plain + " ".repeat(length)).substring(0, length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
