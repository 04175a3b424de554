package io.vmferry.converter.qcow2;

import io.vmferry.spi.image.ExtentKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** Lays out qcow2 images by the field tables, with clusters and subclusters as a test wants them. Refcounts are left out. */
final class Qcow2Fixture {
    int clusterBits = 16;
    boolean extended;

    @Nullable
    String backing;

    @Nullable
    String format = "qcow2";

    /** Offset of the L1 table, once built. */
    int l1Offset;

    /** Offset of the first L2 table, once built. */
    int l2Offset;

    /**
     * @param nature of each cluster, or with {@link #extended} of each subcluster; {@code ENCODED} compresses the whole
     *     cluster, and counts at its first subcluster
     */
    byte[] build(byte[] content, IntFunction<ExtentKind> nature) {
        int cluster = 1 << clusterBits;
        int parts = extended ? 32 : 1;
        int part = cluster / parts;
        int entry = extended ? 16 : 8;
        int entries = cluster / entry;
        int clusters = (content.length + cluster - 1) / cluster;
        int tables = (clusters + entries - 1) / entries;
        int l1Clusters = Math.max(1, (tables * 8 + cluster - 1) / cluster);
        l1Offset = 2 * cluster;
        l2Offset = l1Offset + l1Clusters * cluster;
        int data = l2Offset + tables * cluster;
        ByteBuffer file = ByteBuffer.allocate(data + (clusters + 1) * cluster);
        header(file, content.length, tables);
        for (int t = 0; t < tables; t++) {
            file.putLong(l1Offset + 8 * t, 1L << 63 | l2Offset + (long) t * cluster);
        }
        for (int c = 0; c < clusters; c++) {
            int at = l2Offset + c * entry;
            byte[] bytes = Arrays.copyOf(
                    Arrays.copyOfRange(content, c * cluster, Math.min(content.length, (c + 1) * cluster)), cluster);
            if (nature.apply(c * parts) == ExtentKind.ENCODED) {
                byte[] payload = deflate(bytes);
                // Not on a sector, as compressed clusters mostly lie.
                int offset = data + 3;
                file.put(offset, payload);
                long further = (offset + payload.length - 1) / 512 - offset / 512;
                file.putLong(at, 1L << 62 | further << 62 - (clusterBits - 8) | offset);
                data = (offset + payload.length + cluster - 1) / cluster * cluster;
                continue;
            }
            long bitmap = 0;
            for (int s = 0; s < parts; s++) {
                ExtentKind kind = nature.apply(c * parts + s);
                bitmap |= kind == ExtentKind.ZERO ? 1L << 32 + s : kind == ExtentKind.DATA ? 1L << s : 0;
                // What is not allocated is filled with garbage, so that it shows when it is read.
                byte[] stored = Arrays.copyOfRange(bytes, s * part, (s + 1) * part);
                if (kind != ExtentKind.DATA) {
                    Arrays.fill(stored, (byte) 0xee);
                }
                file.put(data + s * part, stored);
            }
            boolean allocated = (int) bitmap != 0;
            if (extended) {
                file.putLong(at, allocated ? 1L << 63 | data : 0);
                file.putLong(at + 8, bitmap);
            } else {
                file.putLong(at, allocated ? 1L << 63 | data : bitmap != 0 ? 1 : 0);
            }
            data += allocated ? cluster : 0;
        }
        return Arrays.copyOf(file.array(), data);
    }

    private void header(ByteBuffer file, long size, int tables) {
        file.putInt(0, Qcow2Header.MAGIC).putInt(4, 3).putInt(20, clusterBits).putLong(24, size);
        file.putInt(36, tables)
                .putLong(40, l1Offset)
                .putLong(48, 1L << clusterBits)
                .putInt(56, 1);
        file.putLong(72, extended ? 16 : 0).putInt(96, 4).putInt(100, 104);
        int at = 104;
        if (format != null && backing != null) {
            at = extension(file, at, 0xe2792aca, format);
        }
        at = extension(file, at, 0x12345678, "skip me");
        if (backing != null) {
            byte[] name = backing.getBytes(StandardCharsets.UTF_8);
            at += 8;
            file.putLong(8, at).putInt(16, name.length).put(at, name);
        }
    }

    private static int extension(ByteBuffer file, int at, int type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        file.putInt(at, type).putInt(at + 4, bytes.length).put(at + 8, bytes);
        return at + 8 + (bytes.length + 7) / 8 * 8;
    }

    private static byte[] deflate(byte[] content) {
        Deflater deflater = new Deflater(6, true);
        deflater.setInput(content);
        deflater.finish();
        byte[] payload = new byte[content.length];
        int size = deflater.deflate(payload);
        deflater.end();
        if (size == content.length) {
            throw new AssertionError("it does not shrink");
        }
        return Arrays.copyOf(payload, size);
    }
}
