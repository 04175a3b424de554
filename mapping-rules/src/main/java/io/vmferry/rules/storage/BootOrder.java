package io.vmferry.rules.storage;

import io.vmferry.spi.model.Disk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Boot order as KubeVirt wants it: from 1, each number once. */
final class BootOrder {
    private BootOrder() {}

    /** By position of the disk; null: not in the boot order. Where the source tells nothing, the first disk boots. */
    static List<@Nullable Integer> of(List<Disk> disks) {
        List<@Nullable Integer> order = new ArrayList<>();
        disks.forEach(disk -> order.add(null));
        List<Integer> told = IntStream.range(0, disks.size())
                .boxed()
                .filter(i -> disks.get(i).bootOrder() != null)
                .sorted(Comparator.<Integer>comparingInt(i -> rank(disks.get(i)))
                        .thenComparing(i -> i))
                .toList();
        List<Integer> bootable = told.isEmpty() && !disks.isEmpty() ? List.of(0) : told;
        for (int rank = 0; rank < bootable.size(); rank++) {
            order.set(bootable.get(rank), rank + 1);
        }
        return order;
    }

    private static int rank(Disk disk) {
        Integer rank = disk.bootOrder();
        return rank == null ? Integer.MAX_VALUE : rank;
    }
}
