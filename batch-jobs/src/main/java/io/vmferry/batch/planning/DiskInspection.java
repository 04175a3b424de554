package io.vmferry.batch.planning;

import io.vmferry.batch.BatchError;
import io.vmferry.batch.DiskImages;
import io.vmferry.converter.ImageScan;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.DiskStream;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.PowerState;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.plan.ImageSummary;
import io.vmferry.spi.rule.PlanningFacts;
import io.vmferry.spi.source.DiskContent;
import io.vmferry.spi.source.ReadPoint;
import io.vmferry.spi.source.SourceSession;
import io.vmferry.spi.target.TargetFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Opens each disk of a VM and asks its allocation tables what there is to move. One unreadable disk hinders no other. */
final class DiskInspection {
    private final SourceSession session;

    DiskInspection(SourceSession session) {
        this.session = session;
    }

    PlanningFacts facts(Vm vm, TargetFacts target) {
        Map<String, ImageSummary> images = new HashMap<>();
        Map<String, String> errors = new HashMap<>();
        Map<String, String> versions = new HashMap<>();
        // While a VM runs its disks are locked, and whatever could be read of them would be something else a moment
        // later.
        boolean changing = vm.power() == PowerState.ON && session.power().isPresent();
        for (Disk disk : changing ? List.<Disk>of() : vm.disks()) {
            try (DiskContent content = session.openDisk(vm, disk, ReadPoint.CURRENT)) {
                versions.put(disk.key(), content.version());
                images.put(disk.key(), look(content, disk));
            } catch (VmferryException e) {
                if (e.code() == BatchError.SOURCE_OFFLINE) {
                    // Nothing is wrong with the disk; the plan says that it was not opened.
                    continue;
                }
                errors.put(
                        disk.key(),
                        e.subject() + ": " + e.reason() + " [" + e.code().name() + "]");
            }
        }
        return new PlanningFacts(vm, images, errors, versions, target);
    }

    private static ImageSummary look(DiskContent content, Disk disk) {
        if (content instanceof DiskContent.Stream stream) {
            // What passes by once cannot be counted without reading it all; the header still tells the size.
            try (DiskStream opened = DiskImages.stream(stream)) {
                long size = opened.virtualSize();
                long data = disk.usedBytes() == null ? size : Math.min(size, disk.usedBytes());
                long stored = disk.containerBytes() == null ? data : disk.containerBytes();
                return new ImageSummary(
                        opened.facts().format(),
                        opened.facts().variant(),
                        size,
                        data,
                        stored,
                        data,
                        opened.facts().blockSize());
            }
        }
        try (DiskImage image = DiskImages.image(content)) {
            return ImageScan.scan(image);
        }
    }
}
