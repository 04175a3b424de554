package io.vmferry.converter.vmdk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Builds extents with tables in front, field by field: what VMware Workstation and qemu-img write, and the corners that
 * neither writes at will.
 */
final class SparseFixture {
    int grain = 65536;
    int tableEntries = 512;
    boolean redundant = true;
    boolean zeroedGrains;
    boolean compressed;
    boolean shuffled;
    boolean shortLastGrain;
    /** What the first grain's offset is a multiple of. */
    int align = 65536;

    String descriptor = "auto";
    /** Which grains a delta holds; null where zeros are left out and everything else is stored. */
    GrainKind @Nullable [] kinds;

    /** Where things are, for tests that break them. */
    int directoryAt;

    int redundantAt;
    int tableAt;
    int redundantTableAt;
    int grainsAt;

    byte[] build(byte[] content) {
        int grains = (content.length + grain - 1) / grain;
        int tables = (grains + tableEntries - 1) / tableEntries;
        int directorySectors = sectors(tables * 4);
        int tableSectors = sectors(tableEntries * 4);
        int metadata = directorySectors + tables * tableSectors;
        int sector = descriptor.isEmpty() ? 1 : 21;
        int rgd = redundant ? sector : 0;
        int gd = redundant ? sector + metadata : sector;
        int overhead = ((gd + metadata) * 512 + align - 1) / align * (align / 512);
        ByteBuffer file = ByteBuffer.allocate(overhead * 512 + grains * (2 * grain + 512) + 65536)
                .order(ByteOrder.LITTLE_ENDIAN);
        int flags = 1 | (redundant ? 2 : 0) | (zeroedGrains ? 4 : 0) | (compressed ? 0x30000 : 0);
        file.putInt(0, 0x564d444b)
                .putInt(4, compressed ? 3 : zeroedGrains ? 2 : 1)
                .putInt(8, flags);
        file.putLong(12, content.length / 512).putLong(20, grain / 512);
        file.putLong(28, descriptor.isEmpty() ? 0 : 1).putLong(36, descriptor.isEmpty() ? 0 : 20);
        file.putInt(44, tableEntries).putLong(48, rgd).putLong(56, gd).putLong(64, overhead);
        file.put(73, new byte[] {0x0a, 0x20, 0x0d, 0x0a}).putShort(77, (short) (compressed ? 1 : 0));
        if (!descriptor.isEmpty()) {
            file.put(512, text(content.length / 512).getBytes(StandardCharsets.UTF_8));
        }
        directoryAt = gd * 512;
        redundantAt = rgd * 512;
        tableAt = (gd + directorySectors) * 512;
        redundantTableAt = (rgd + directorySectors) * 512;
        grainsAt = overhead * 512;
        int[] entries = new int[tables * tableEntries];
        int end = placeGrains(content, file, grains, entries);
        for (int copy : redundant ? new int[] {rgd, gd} : new int[] {gd}) {
            for (int t = 0; t < tables; t++) {
                int at = copy + directorySectors + t * tableSectors;
                file.putInt(copy * 512 + t * 4, at);
                for (int i = 0; i < tableEntries; i++) {
                    file.putInt(at * 512 + i * 4, entries[t * tableEntries + i]);
                }
            }
        }
        return Arrays.copyOf(file.array(), end);
    }

    private int placeGrains(byte[] content, ByteBuffer file, int grains, int[] entries) {
        List<Integer> order = new ArrayList<>();
        for (int g = 0; g < grains; g++) {
            order.add(g);
        }
        if (shuffled) {
            Collections.shuffle(order, new Random(7));
        }
        int at = grainsAt;
        int end = at;
        for (int g : order) {
            int to = Math.min(content.length, (g + 1) * grain);
            GrainKind kind = kind(content, g, to);
            if (kind != GrainKind.DATA) {
                entries[g] = kind == GrainKind.ZERO ? 1 : 0;
                continue;
            }
            entries[g] = at / 512;
            byte[] bytes = Arrays.copyOfRange(content, g * grain, shortLastGrain ? to : (g + 1) * grain);
            if (compressed) {
                byte[] packed = deflate(bytes);
                file.putLong(at, (long) g * grain / 512)
                        .putInt(at + 8, packed.length)
                        .put(at + 12, packed);
                at += sectors(12 + packed.length) * 512;
            } else {
                file.put(at, bytes);
                end = at + bytes.length;
                at += grain;
            }
        }
        return compressed ? (at + align - 1) / align * align : end;
    }

    private GrainKind kind(byte[] content, int g, int to) {
        if (kinds != null) {
            return kinds[g];
        }
        if (!Contents.isZero(content, g * grain, to)) {
            return GrainKind.DATA;
        }
        return zeroedGrains && g % 2 == 0 ? GrainKind.ZERO : GrainKind.HOLE;
    }

    private String text(int sectors) {
        return descriptor.equals("auto")
                ? descriptor(
                        compressed ? "streamOptimized" : "monolithicSparse", "RW " + sectors + " SPARSE \"test.vmdk\"")
                : descriptor;
    }

    static String descriptor(String createType, String... extents) {
        return "# Disk DescriptorFile\nversion=1\nCID=12345678\nparentCID=ffffffff\ncreateType=\"" + createType
                + "\"\n\n# Extent description\n" + String.join("\n", extents)
                + "\n\n# The Disk Data Base\n#DDB\n\nddb.adapterType = \"lsilogic\"\nddb.virtualHWVersion = \"13\"\n";
    }

    static byte[] deflate(byte[] bytes) {
        Deflater deflater = new Deflater();
        deflater.setInput(bytes);
        deflater.finish();
        byte[] packed = new byte[bytes.length + bytes.length / 8 + 64];
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }

    private static int sectors(int bytes) {
        return (bytes + 511) / 512;
    }
}
