package io.vmferry.cli;

import io.vmferry.converter.vmdk.StreamOptimizedWriter;
import io.vmferry.spi.file.FileStore;
import io.vmferry.vmware.files.OvaWriter;
import io.vmferry.vmware.files.SampleOvf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;

/** Appliances of any size for tests, made quickly: grains repeat, but no two disks are alike. */
final class SampleDisks {
    static final int GRAIN = StreamOptimizedWriter.GRAIN;
    private static final int VARIANTS = 64;
    private static final int SECTORS = GRAIN / 512;

    private SampleDisks() {}

    /**
     * An OVA whose disks hold data in {@code dataBytes} of {@code capacity} bytes each, every fourth grain being a hole.
     *
     * @param seed of the content; printed by whoever cares
     */
    static Path ova(Path folder, String vm, int disks, long capacity, long dataBytes, long seed) throws IOException {
        Files.createDirectories(folder);
        List<OvaWriter.Member> members = new ArrayList<>();
        List<SampleOvf.SampleDisk> described = new ArrayList<>();
        for (int i = 0; i < disks; i++) {
            String name = vm + "-disk" + (i + 1) + ".vmdk";
            Path file = folder.resolve(name + ".tmp");
            vmdk(file, capacity, dataBytes, seed + i);
            members.add(new OvaWriter.Member(name, file));
            described.add(new SampleOvf.SampleDisk(name, Files.size(file), capacity, dataBytes));
        }
        SampleOvf ovf = new SampleOvf(
                vm,
                described,
                List.of(new SampleOvf.Card(
                        "VM Network",
                        "00:50:56:00:%02x:%02x".formatted(vm.hashCode() >> 8 & 0xff, vm.hashCode() & 0xff))));
        Path ova = folder.resolve(vm + ".ova");
        OvaWriter.write(ova, vm, ovf.text(), members);
        for (OvaWriter.Member member : members) {
            Files.delete(member.file());
        }
        return ova;
    }

    static void vmdk(Path file, long capacity, long dataBytes, long seed) throws IOException {
        Random random = new Random(seed);
        byte[][] grains = new byte[VARIANTS][];
        for (int i = 0; i < VARIANTS; i++) {
            byte[] content = new byte[GRAIN];
            random.nextBytes(content);
            // Half of it random, half a pattern: compresses to about a half, like real disks.
            java.util.Arrays.fill(content, GRAIN / 2, GRAIN, (byte) (i + 1));
            grains[i] = zlib(content);
        }
        try (FileStore store = FileStore.open(file);
                StreamOptimizedWriter writer = StreamOptimizedWriter.create(store, capacity)) {
            long data = 0;
            for (long grain = 0; data < dataBytes && (grain + 1) * GRAIN <= capacity; grain++) {
                if (grain % 4 != 3) {
                    writer.compressedGrain(grain * SECTORS, ByteBuffer.wrap(grains[random.nextInt(VARIANTS)]));
                    data += GRAIN;
                }
            }
            writer.finish();
        }
    }

    private static byte[] zlib(byte[] content) {
        Deflater deflater = new Deflater(1);
        deflater.setInput(content);
        deflater.finish();
        byte[] out = new byte[content.length * 9 / 8 + 64];
        int length = deflater.deflate(out);
        deflater.end();
        return java.util.Arrays.copyOf(out, length);
    }

    /** A migration of everything in {@code source} into {@code target}, with rules for its network. */
    static Path migration(Path home, String paths, String more) throws IOException {
        Files.createDirectories(home);
        Files.writeString(home.resolve("rules.yaml"), """
                apiVersion: vmferry.io/v1
                kind: MappingRules
                metadata: {name: test}
                spec:
                  networks:
                    - {name: all, default: true, to: {driver: pod, binding: masquerade}}
                  storage:
                    - {name: all, default: true, to: {storageClass: fast}}
                """);
        Path file = home.resolve("migration.yaml");
        Files.writeString(file, """
                apiVersion: vmferry.io/v1
                kind: Migration
                metadata: {name: test}
                spec:
                  sources:
                    - {name: files, type: files, paths: [%s]}
                  target: {type: directory, path: ./target, namespace: default}
                  rules: rules.yaml
                %s""".formatted(paths, more.indent(2)));
        return file;
    }

    static Path disk(Path home, String vm, int number, String format) {
        return home.resolve("target/default").resolve(vm).resolve(vm + "-disk-" + number + "." + format);
    }
}
