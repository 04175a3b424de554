package io.vmferry.spi.source;

import io.vmferry.spi.image.Extent;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.VmRef;
import java.util.stream.Stream;

/** What changed on a disk between two points in time, for warm migration. */
public interface ChangedBlocks {
    /** The mark that stands for {@code point}; kept with the copy made from it. */
    String mark(VmRef vm, Disk disk, ReadPoint point);

    /**
     * Ranges that differ between {@code since} and {@code until}, ascending; everything else is as it was.
     *
     * @throws io.vmferry.spi.error.VmferryException when the mark is no longer valid; then a full copy is due
     */
    Stream<Extent> since(VmRef vm, Disk disk, String since, ReadPoint until);
}
