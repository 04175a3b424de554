package io.vmferry.vmware.files.ovf;

import io.vmferry.spi.model.Disk.Attachment;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The disk controllers of a virtual system, by the instance ids that devices name as their parent. */
final class Controllers {
    /** In this order VMware's firmware looks for disks. */
    private static final List<String> BUSES = List.of("sata", "ide", "scsi", "nvme");

    private record Controller(String bus, String model, int number) {}

    private final Map<String, Controller> byInstance = new HashMap<>();

    Controllers(List<HardwareItem> items) {
        Map<String, Integer> counts = new HashMap<>();
        for (HardwareItem item : items) {
            bus(item).ifPresent(bus -> {
                int count = counts.merge(bus, 1, Integer::sum) - 1;
                int number = item.field("Address")
                        .filter(a -> a.matches("\\d{1,3}"))
                        .map(Integer::parseInt)
                        .orElse(count);
                byInstance.putIfAbsent(item.instanceId(), new Controller(bus, item.subType(), number));
            });
        }
    }

    static Optional<String> bus(HardwareItem item) {
        return switch (item.type()) {
            case HardwareItem.IDE_CONTROLLER -> Optional.of("ide");
            case HardwareItem.SCSI_CONTROLLER -> Optional.of("scsi");
            case HardwareItem.STORAGE_CONTROLLER -> {
                String model = item.subType().toLowerCase(Locale.ROOT);
                yield Optional.of(model.contains("nvme") ? "nvme" : model.contains("scsi") ? "scsi" : "sata");
            }
            default -> Optional.empty();
        };
    }

    /** Where a device hangs; empty when its parent is no controller. */
    Optional<Attachment> of(HardwareItem device) {
        Controller controller = byInstance.get(device.fields().getOrDefault("Parent", ""));
        if (controller == null) {
            return Optional.empty();
        }
        int unit = device.field("AddressOnParent")
                .filter(a -> a.matches("\\d{1,3}"))
                .map(Integer::parseInt)
                .orElse(0);
        return Optional.of(new Attachment(controller.bus(), controller.model(), controller.number(), unit));
    }

    /** Sorts as the firmware does: by bus, controller and unit. */
    static int compare(Attachment a, Attachment b) {
        int byBus = Integer.compare(BUSES.indexOf(a.bus()), BUSES.indexOf(b.bus()));
        if (byBus != 0) {
            return byBus;
        }
        int byController = Integer.compare(a.controllerNumber(), b.controllerNumber());
        return byController != 0 ? byController : Integer.compare(a.unit(), b.unit());
    }
}
