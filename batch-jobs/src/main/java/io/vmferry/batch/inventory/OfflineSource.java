package io.vmferry.batch.inventory;

import io.vmferry.batch.BatchError;
import io.vmferry.spi.error.ErrorCategory;
import io.vmferry.spi.error.ErrorCode;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.report.VmReport.Failure;
import io.vmferry.spi.source.DiskContent;
import io.vmferry.spi.source.ReadPoint;
import io.vmferry.spi.source.SourceInfo;
import io.vmferry.spi.source.SourceSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A source as it was when its inventory was saved. It knows its VMs; their disks are out of reach. */
public final class OfflineSource implements SourceSession {
    private final SavedSource source;
    private final Map<VmRef, InventoryItem> items = new LinkedHashMap<>();

    OfflineSource(SavedSource source, List<InventoryItem> items) {
        this.source = source;
        items.forEach(item -> this.items.put(item.ref(), item));
    }

    public SavedSource source() {
        return source;
    }

    @Override
    public SourceInfo info() {
        return source.info();
    }

    @Override
    public Stream<VmRef> list() {
        return items.keySet().stream();
    }

    @Override
    public Vm describe(VmRef ref) {
        InventoryItem item = items.get(ref);
        if (item == null) {
            throw new VmferryException(
                    BatchError.VM_UNKNOWN, ref.name(), "it is not in the saved inventory", "Save a new inventory.");
        }
        Failure failure = item.failure();
        if (failure != null) {
            throw new VmferryException(
                    new SavedCode(failure.code()), failure.subject(), failure.reason(), failure.remedy());
        }
        return java.util.Objects.requireNonNull(item.vm());
    }

    @Override
    public DiskContent openDisk(Vm vm, Disk disk, ReadPoint point) {
        throw new VmferryException(
                BatchError.SOURCE_OFFLINE,
                vm.name() + " / " + disk.label(),
                "this is a saved inventory, and the source is not asked",
                "Run the command without --inventory.");
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    /** The code of a failure that was met when the inventory was taken. */
    private record SavedCode(String name) implements ErrorCode {
        @Override
        public ErrorCategory category() {
            return ErrorCategory.SOURCE;
        }
    }
}
