package io.vmferry.spi.target;

import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.VmPlan;
import java.util.List;
import java.util.Map;

/** One way to give a card its network on the target: hybridnet, Multus, pod network. Pure. */
public interface NetworkDriver {
    /** The word in the mapping rules: {@code hybridnet}, {@code multus}, {@code pod}. */
    String type();

    NicTarget plan(VmPlan vm, NicPlan nic);

    /**
     * @param network entry under the VM's {@code networks}, without its name, as nested maps and lists
     * @param annotations for the VM's template
     * @param objects to be created before the VM
     * @param findings what this driver cannot do for this card
     */
    record NicTarget(
            Map<String, Object> network,
            Map<String, String> annotations,
            List<TargetObject> objects,
            List<Finding> findings) {}
}
