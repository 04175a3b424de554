package io.vmferry.vmware.vsphere.disk;

import io.vmferry.spi.error.VmferryException;
import io.vmferry.vmware.vsphere.client.VimActions;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks what of a disk is allocated, by changed block tracking with the change id {@code *}. Only a whole, plausible answer
 * counts; anything else means that everything is read, which is always right.
 */
final class AllocationQuery {
    /** Two thousand areas an answer, at worst a run of data every other megabyte of 62 TiB. */
    private static final int MOST_ANSWERS = 20_000;

    private final FolderCalls calls;

    AllocationQuery(FolderCalls calls) {
        this.calls = calls;
    }

    /** {@link AllocationMap#ALL} when nothing is known. */
    AllocationMap map(DiskPlace place) {
        boolean still = place.snapshot() != null || !place.poweredOn();
        if (place.changeId() == null || !still || place.capacityBytes() <= 0) {
            return AllocationMap.ALL;
        }
        try {
            List<AllocationMap.Run> runs = new ArrayList<>();
            long at = 0;
            for (int answers = 0; at < place.capacityBytes(); answers++) {
                VimActions.ChangedAreas areas = calls.allocated(place, at);
                // An answer without areas is not the end of the disk, an answer without length is no answer.
                if (areas.start() > at || areas.start() + areas.length() <= at || answers == MOST_ANSWERS) {
                    return AllocationMap.ALL;
                }
                for (VimActions.ChangedAreas.Area area : areas.changed()) {
                    if (area.start() < 0 || area.length() < 0 || area.start() > place.capacityBytes()) {
                        return AllocationMap.ALL;
                    }
                    runs.add(new AllocationMap.Run(area.start(), area.start() + area.length()));
                }
                at = areas.start() + areas.length();
            }
            return AllocationMap.of(runs);
        } catch (VmferryException e) {
            return AllocationMap.ALL; // No datastore but VMFS promises an answer.
        }
    }
}
