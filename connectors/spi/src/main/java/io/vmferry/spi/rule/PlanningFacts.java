package io.vmferry.spi.rule;

import io.vmferry.spi.model.Vm;
import io.vmferry.spi.plan.ImageSummary;
import io.vmferry.spi.target.TargetFacts;
import java.util.Map;

/**
 * What rules and checks decide on, gathered before they run.
 *
 * @param images by {@code Disk.key}; a disk that could not be opened is missing here
 * @param imageErrors by {@code Disk.key}, why one could not be opened: the sentence of its error
 * @param sourceVersions by {@code Disk.key}, {@code DiskContent.version()}
 * @param ways by {@code Disk.key}, {@code DiskContent.way()}; missing where there was nothing to choose
 */
public record PlanningFacts(
        Vm vm,
        Map<String, ImageSummary> images,
        Map<String, String> imageErrors,
        Map<String, String> sourceVersions,
        Map<String, String> ways,
        TargetFacts target) {
    public PlanningFacts {
        images = Map.copyOf(images);
        imageErrors = Map.copyOf(imageErrors);
        sourceVersions = Map.copyOf(sourceVersions);
        ways = Map.copyOf(ways);
    }
}
