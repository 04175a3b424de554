package io.vmferry.spi.target;

import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.VmPlan;
import java.util.List;
import java.util.Optional;

/**
 * An open target. Safe for many threads on different VMs and disks.
 *
 * <p>Every step is create-or-adopt: what exists with our labels and the same generation is taken over, what exists without
 * our label is never touched and is an error. Names follow from the plan alone.
 */
public interface TargetSession extends AutoCloseable {
    TargetFacts facts();

    /** Every object that this VM will become, in order of creation. Pure: asks nobody, changes nothing. */
    List<TargetObject> manifests(VmPlan vm);

    /** What stands in the way of this VM on this target, found by looking only. */
    List<Finding> preflight(VmPlan vm);

    /** Makes room for a disk or finds what is there already. */
    PreparedDisk prepareDisk(VmPlan vm, DiskPlan disk);

    /** Opens a prepared disk for writing; one writer at a time. */
    DiskSink openSink(VmPlan vm, DiskPlan disk);

    /**
     * A finished disk as it lies on the target, in the format it was written in, so that its content can be proven; empty
     * where it cannot be read back. The caller closes it.
     */
    default Optional<ByteSource> readBack(VmPlan vm, DiskPlan disk) {
        return Optional.empty();
    }

    /** Creates the VM's objects, halted. All its disks are committed. */
    List<ObjectRef> createVm(VmPlan vm);

    /** Everything that carries this migration's labels, or only one VM's, in order of removal. */
    List<ObjectRef> ours(Optional<String> vmKey);

    /** Removes one of ours; refuses anything else. Gone already is success. */
    void delete(ObjectRef object);

    /** Starting and watching VMs, where the target can run them. */
    default Optional<VmRunner> runner() {
        return Optional.empty();
    }

    @Override
    void close();
}
