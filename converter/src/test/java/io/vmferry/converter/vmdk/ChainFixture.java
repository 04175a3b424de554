package io.vmferry.converter.vmdk;

import io.vmferry.spi.image.DiskImage;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Builds a disk and snapshots on top of it, and knows what is to be seen from the top. */
final class ChainFixture {
    enum Delta {
        COWD,
        SE_SPARSE,
        MONOLITHIC_SPARSE,
        STREAM_OPTIMIZED
    }

    /** By name; what a folder with the chain holds. */
    final Map<String, byte[]> files = new LinkedHashMap<>();

    String top = "";
    byte[] content = new byte[0];
    private int cid = 0x12345678;

    ChainFixture flat(byte[] base) {
        content = base;
        files.put("base-flat.vmdk", base);
        return describe("base.vmdk", "vmfs", "VMFS \"base-flat.vmdk\"");
    }

    /** In ESXi's layout. */
    ChainFixture stream(byte[] base) {
        content = base;
        top = "base.vmdk";
        files.put(top, StreamFixture.build(base));
        return this;
    }

    ChainFixture sparse(byte[] base) {
        content = base;
        top = "base.vmdk";
        files.put(top, new SparseFixture().build(base));
        return this;
    }

    /** @param size of the disk from here on */
    ChainFixture delta(Delta delta, int size, RandomGenerator random) {
        int grain = switch (delta) {
            case COWD -> 512 << random.nextInt(5);
            case SE_SPARSE -> SeSparseFixture.GRAIN;
            case MONOLITHIC_SPARSE -> 4096 << random.nextInt(6);
            case STREAM_OPTIMIZED -> 65536;
        };
        return delta(delta, grain, Contents.mixed(size, 3 * grain, random), GrainKind.random(size, grain, random));
    }

    ChainFixture delta(Delta delta, int grain, byte[] own, GrainKind[] kinds) {
        content = GrainKind.over(content, own, kinds, grain);
        String name = String.format("base-%06d.vmdk", files.size());
        switch (delta) {
            case COWD -> {
                CowdFixture fixture = new CowdFixture();
                fixture.grain = grain;
                fixture.backwards = files.size() % 2 == 0;
                String extent = name.replace(".vmdk", "-delta.vmdk");
                files.put(extent, fixture.build(own, kinds));
                return describe(name, "vmfsSparse", "VMFSSPARSE \"" + extent + "\"");
            }
            case SE_SPARSE -> {
                SeSparseFixture fixture = new SeSparseFixture();
                fixture.backwards = files.size() % 2 == 0;
                String extent = name.replace(".vmdk", "-sesparse.vmdk");
                files.put(extent, fixture.build(own, kinds));
                return describe(name, "seSparse", "SESPARSE \"" + extent + "\"");
            }
            default -> {
                SparseFixture fixture = new SparseFixture();
                fixture.grain = grain;
                fixture.compressed = delta == Delta.STREAM_OPTIMIZED;
                fixture.zeroedGrains = true;
                fixture.kinds = kinds;
                String type = fixture.compressed ? "streamOptimized" : "monolithicSparse";
                fixture.descriptor = descriptor(type, "SPARSE \"" + name + "\"");
                files.put(name, fixture.build(own));
                top = name;
                return this;
            }
        }
    }

    private ChainFixture describe(String name, String type, String extent) {
        files.put(name, descriptor(type, extent).getBytes(StandardCharsets.UTF_8));
        top = name;
        return this;
    }

    private String descriptor(String type, String extent) {
        String text = SparseFixture.descriptor(type, "RW " + content.length / 512 + " " + extent);
        if (top.isEmpty()) {
            return text;
        }
        String ids = String.format("CID=%08x\nparentCID=%08x\nparentFileNameHint=\"%s\"", cid + 1, cid, top);
        cid++;
        return text.replace("CID=12345678\nparentCID=ffffffff", ids);
    }

    /** Changes the text of a descriptor file. */
    ChainFixture edit(String name, String what, String by) {
        files.computeIfPresent(name, (n, bytes) -> {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            if (!text.contains(what)) {
                throw new AssertionError(name + " has no " + what);
            }
            return text.replace(what, by).getBytes(StandardCharsets.ISO_8859_1);
        });
        return this;
    }

    DiskImage open() {
        return new VmdkFormat().open(MemorySource.folder(files).open(top), MemorySource.folder(files));
    }
}
