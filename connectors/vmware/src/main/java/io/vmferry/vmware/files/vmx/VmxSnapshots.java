package io.vmferry.vmware.files.vmx;

import io.vmferry.spi.model.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The snapshots that a {@code .vmsd} lists. */
public final class VmxSnapshots {
    /** vSphere allows 32 in a chain; a tree may have more. */
    private static final int MOST = 1000;

    private VmxSnapshots() {}

    public static List<Snapshot> of(VmxFile vmsd) {
        String current = vmsd.text("snapshot.current");
        List<Snapshot> snapshots = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            Optional<String> uid = vmsd.value("snapshot" + i + ".uid");
            if (uid.isEmpty()) {
                break;
            }
            snapshots.add(new Snapshot(
                    uid.get(),
                    vmsd.text("snapshot" + i + ".displayName"),
                    created(vmsd, "snapshot" + i),
                    uid.get().equals(current)));
        }
        return snapshots;
    }

    /** Microseconds since 1970 in two signed halves of 32 bits. */
    private static @Nullable Instant created(VmxFile vmsd, String key) {
        try {
            long high = Integer.parseInt(vmsd.text(key + ".createTimeHigh"));
            long low = Integer.parseInt(vmsd.text(key + ".createTimeLow")) & 0xffffffffL;
            long micros = (high << 32) | low;
            return micros <= 0 ? null : Instant.EPOCH.plusNanos(Math.multiplyExact(micros, 1000L));
        } catch (NumberFormatException | ArithmeticException e) {
            return null;
        }
    }
}
