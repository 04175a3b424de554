package io.vmferry.converter.vmdk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds COWD extents field by field, as ESXi lays them out on VMFS 5. They know no zeroed grains: zeros are stored. */
final class CowdFixture {
    static final int TABLE_ENTRIES = 4096;
    static final int DIRECTORY = 4;

    int grain = 512;
    /** Grains from the last to the first, as a guest may have written them. */
    boolean backwards;

    /** Where the first table is, for tests that break it. */
    int tableAt;

    byte[] build(byte[] content, GrainKind[] kinds) {
        int tables = (kinds.length + TABLE_ENTRIES - 1) / TABLE_ENTRIES;
        int firstTable = DIRECTORY + (tables * 4 + 511) / 512;
        int at = (firstTable + tables * 32) * 512;
        ByteBuffer file = ByteBuffer.allocate(at + kinds.length * grain + 512).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0, 0x44574f43).putInt(4, 1).putInt(8, 3);
        file.putInt(12, content.length / 512).putInt(16, grain / 512);
        file.putInt(20, DIRECTORY).putInt(24, tables);
        file.put(32, "parent.vmdk".getBytes(StandardCharsets.US_ASCII));
        tableAt = firstTable * 512;
        for (int i = 0; i < kinds.length; i++) {
            int g = backwards ? kinds.length - 1 - i : i;
            if (kinds[g] == GrainKind.HOLE) {
                continue;
            }
            int table = firstTable + g / TABLE_ENTRIES * 32;
            file.putInt(DIRECTORY * 512 + g / TABLE_ENTRIES * 4, table);
            file.putInt(table * 512 + g % TABLE_ENTRIES * 4, at / 512);
            if (kinds[g] == GrainKind.DATA) {
                int to = Math.min(content.length, (g + 1) * grain);
                file.put(at, content, g * grain, to - g * grain);
            }
            at += grain;
        }
        file.putInt(28, at / 512);
        return Arrays.copyOf(file.array(), at);
    }
}
