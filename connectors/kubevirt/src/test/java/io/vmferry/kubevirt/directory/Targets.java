package io.vmferry.kubevirt.directory;

import io.vmferry.spi.config.Settings;
import io.vmferry.spi.image.ContentDigest;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.DiskEvidence;
import io.vmferry.spi.target.DiskSink;
import io.vmferry.spi.target.TargetConfig;
import io.vmferry.spi.target.TargetSession;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Directory targets and finished disks for tests. */
final class Targets {
    private static final int LENGTH = 4096;

    private Targets() {}

    static TargetSession open(Path path, String migration) {
        return open(path, migration, Map.of());
    }

    static TargetSession open(Path path, String migration, Map<String, List<String>> more) {
        Map<String, List<String>> values = new java.util.LinkedHashMap<>(more);
        values.put("path", List.of(path.toString()));
        return new DirectoryTarget().open(new TargetConfig(migration, "directory", new Settings(values, path)));
    }

    static void finish(TargetSession target, VmPlan vm, DiskPlan disk) {
        try (DiskSink sink = target.openSink(vm, disk)) {
            ((DiskSink.Seekable) sink).store().write(0, ByteBuffer.wrap(new byte[LENGTH]));
            sink.commit(evidence(disk, LENGTH));
        }
    }

    static DiskEvidence evidence(DiskPlan disk, long length) {
        return new DiskEvidence(
                disk.sourceVersion(),
                disk.virtualSize(),
                disk.format(),
                disk.encoding(),
                length,
                new ContentDigest(ContentDigest.BLKHASH, "0f".repeat(32)));
    }
}
