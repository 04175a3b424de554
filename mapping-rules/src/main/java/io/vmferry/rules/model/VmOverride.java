package io.vmferry.rules.model;

import io.vmferry.spi.model.GuestInterface;
import io.vmferry.spi.model.Vm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a person decided for one VM; wins over all rules. Also what the flags of an assisted import become.
 *
 * @param vm display name or the source's own key
 * @param source null: any
 * @param name name on the target; null: derived
 */
public record VmOverride(
        String vm,
        @Nullable String source,
        @Nullable String name,
        @Nullable String namespace,
        @Nullable Profile profile,
        @Nullable Boolean start,
        List<NicOverride> nics,
        List<DiskOverride> disks) {
    public VmOverride {
        nics = List.copyOf(nics);
        disks = List.copyOf(disks);
    }

    /** Says nothing about a VM. */
    public static VmOverride none(String vm) {
        return new VmOverride(vm, null, null, null, null, null, List.of(), List.of());
    }

    public boolean isFor(Vm candidate) {
        return (source == null || source.equals(candidate.ref().source()))
                && (vm.equals(candidate.name()) || vm.equals(candidate.ref().key()));
    }

    /** This one, with what the other says put over it, card by card and disk by disk. */
    public VmOverride overlaidBy(VmOverride other) {
        Map<Integer, NicOverride> cards = new TreeMap<>();
        nics.forEach(nic -> cards.put(nic.nic(), nic));
        other.nics.forEach(nic -> cards.merge(nic.nic(), nic, NicOverride::overlaidBy));
        Map<Integer, DiskOverride> volumes = new TreeMap<>();
        disks.forEach(disk -> volumes.put(disk.disk(), disk));
        other.disks.forEach(disk ->
                volumes.merge(disk.disk(), disk, (a, b) -> new DiskOverride(a.disk(), a.to().overlaidBy(b.to()))));
        return new VmOverride(
                vm,
                source,
                other.name == null ? name : other.name,
                other.namespace == null ? namespace : other.namespace,
                other.profile == null ? profile : other.profile,
                other.start == null ? start : other.start,
                List.copyOf(cards.values()),
                List.copyOf(volumes.values()));
    }

    public Optional<NicOverride> nic(int position) {
        return nics.stream().filter(nic -> nic.nic() == position).findFirst();
    }

    public Optional<DiskOverride> disk(int position) {
        return disks.stream().filter(disk -> disk.disk() == position).findFirst();
    }

    /**
     * What was decided for one card.
     *
     * @param nic position of the card, from 0
     * @param network name of a network rule to apply instead of the one that matches; null: the one that matches
     * @param to a target given in full instead; null: not given
     * @param addresses to be held; empty: as the rule says
     * @param mac lower-case with colons; null: as the rule says
     */
    public record NicOverride(
            int nic,
            @Nullable String network,
            @Nullable NetworkTarget to,
            List<GuestInterface.Address> addresses,
            @Nullable String mac) {
        public NicOverride {
            addresses = List.copyOf(addresses);
        }

        private NicOverride overlaidBy(NicOverride other) {
            boolean mapped = other.network != null || other.to != null;
            return new NicOverride(
                    nic,
                    mapped ? other.network : network,
                    mapped ? other.to : to,
                    other.addresses.isEmpty() ? addresses : other.addresses,
                    other.mac == null ? mac : other.mac);
        }
    }

    /**
     * What was decided for one disk.
     *
     * @param disk position of the disk, from 0
     */
    public record DiskOverride(int disk, StorageTarget to) {}
}
