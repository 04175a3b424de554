package io.vmferry.converter.vmdk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Builds seSparse extents field by field, as ESXi lays them out on VMFS 6. */
final class SeSparseFixture {
    static final int GRAIN = 4096;
    static final int TABLE_ENTRIES = 4096;
    static final int VOLATILE = 1;
    static final int DIRECTORY = 8;

    /** Grains from the last to the first, as a guest may have written them; tables too. */
    boolean backwards;

    /** Where the table of the first grains is, for tests that break it. */
    int tableAt;

    int grainsAt;

    byte[] build(byte[] content, GrainKind[] kinds) {
        int tables = (kinds.length + TABLE_ENTRIES - 1) / TABLE_ENTRIES;
        int directorySectors = (tables * 8 + 511) / 512;
        int firstTable = DIRECTORY + directorySectors;
        int bitmap = firstTable + tables * 64;
        int grains = (bitmap + 8 + 7) / 8 * 8;
        grainsAt = grains * 512;
        ByteBuffer file = ByteBuffer.allocate(grainsAt + kinds.length * GRAIN).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(0, 0xcafebabeL).putLong(8, 0x2_0000_0001L);
        file.putLong(16, content.length / 512).putLong(24, 8).putLong(32, 64);
        long[] places = {
            VOLATILE,
            1,
            2,
            1,
            3,
            5,
            DIRECTORY,
            directorySectors,
            firstTable,
            tables * 64L,
            bitmap,
            4,
            bitmap + 4,
            4,
            grains,
            0
        };
        for (int i = 0; i < places.length; i++) {
            file.putLong(80 + i * 8, places[i]);
        }
        file.putLong(VOLATILE * 512, 0xcafecafeL)
                .putLong(VOLATILE * 512 + 8, tables)
                .putLong(VOLATILE * 512 + 16, 7);
        tableAt = (firstTable + table(0, tables) * 64) * 512;
        int used = 0;
        for (int i = 0; i < kinds.length; i++) {
            int g = backwards ? kinds.length - 1 - i : i;
            if (kinds[g] == GrainKind.HOLE) {
                continue;
            }
            int table = table(g / TABLE_ENTRIES, tables);
            file.putLong(DIRECTORY * 512 + g / TABLE_ENTRIES * 8, 0x1000_0000_0000_0000L | table);
            int entry = (firstTable + table * 64) * 512 + g % TABLE_ENTRIES * 8;
            if (kinds[g] == GrainKind.ZERO) {
                file.putLong(entry, g % 2 == 0 ? 0x1000_0000_0000_0000L : 0x2000_0000_0000_0000L);
                continue;
            }
            file.putLong(entry, 0x3000_0000_0000_0000L | (used & 0xfffL) << 48 | used >>> 12);
            int to = Math.min(content.length, (g + 1) * GRAIN);
            file.put(grainsAt + used * GRAIN, content, g * GRAIN, to - g * GRAIN);
            used++;
        }
        return Arrays.copyOf(file.array(), grainsAt + used * GRAIN);
    }

    private int table(int index, int tables) {
        return backwards ? tables - 1 - index : index;
    }
}
