package io.vmferry.batch.inventory;

import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.report.VmReport.Failure;
import org.jspecify.annotations.Nullable;

/**
 * One VM of an inventory: either its facts, or why they could not be read.
 *
 * @param vm null when {@code failure} says why
 */
public record InventoryItem(
        VmRef ref, @Nullable Vm vm, @Nullable Failure failure) {

    static InventoryItem of(Vm vm) {
        return new InventoryItem(vm.ref(), vm, null);
    }
}
