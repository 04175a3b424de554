package io.vmferry.vmware.vsphere.disk;

import io.vmferry.spi.model.Disk;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the file of one disk among those that a lease offers: by controller and unit, or by its turn where the server does
 * not name them. Never guesses: another disk's bytes would pass every check.
 */
final class OfferedDisk {
    private static final Pattern PLACE = Pattern.compile(".*/([^/0-9]*?)(\\d+):(\\d+)$");

    private OfferedDisk() {}

    static Optional<LeaseCalls.Offer> find(List<LeaseCalls.Offer> files, DiskPlace place) {
        List<LeaseCalls.Offer> disks =
                files.stream().filter(LeaseCalls.Offer::disk).toList();
        List<LeaseCalls.Offer> named = disks.stream()
                .filter(offer -> names(offer.key(), place.attachment()))
                .toList();
        if (named.size() == 1) {
            return Optional.of(named.get(0));
        }
        boolean unnamed = disks.stream().noneMatch(offer -> bus(offer.key()).isPresent());
        // Independent and raw disks may be left out of an export; then turns say nothing.
        return unnamed && disks.size() == place.disks() ? Optional.of(disks.get(place.position())) : Optional.empty();
    }

    private static boolean names(String key, Disk.Attachment attachment) {
        Matcher matcher = PLACE.matcher(key);
        return matcher.matches()
                && bus(key).filter(attachment.bus()::equals).isPresent()
                && number(matcher.group(2)) == attachment.controllerNumber()
                && number(matcher.group(3)) == attachment.unit();
    }

    private static int number(String digits) {
        return digits.length() < 9 ? Integer.parseInt(digits) : -1;
    }

    private static Optional<String> bus(String key) {
        Matcher matcher = PLACE.matcher(key);
        String controller = matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
        if (controller.contains("nvme")) {
            return Optional.of("nvme");
        } else if (controller.contains("scsi") || controller.contains("lsi") || controller.contains("buslogic")) {
            return Optional.of("scsi");
        } else if (controller.contains("ahci") || controller.contains("sata")) {
            return Optional.of("sata");
        }
        return controller.contains("ide") ? Optional.of("ide") : Optional.empty();
    }
}
