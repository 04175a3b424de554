package io.vmferry.kubevirt.vm;

import io.vmferry.kubevirt.network.NetworkDrivers;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.ObjectRef;
import io.vmferry.spi.target.TargetFacts;
import io.vmferry.spi.target.TargetObject;
import java.util.ArrayList;
import java.util.List;

/** Every object a planned VM becomes, in order of creation. Pure: same plan and facts, same bytes. Safe for many threads. */
public final class VmManifests {
    private final NetworkDrivers drivers;
    private final DataVolumeManifest dataVolume;
    private final VirtualMachineManifest virtualMachine;

    public VmManifests(String migration, TargetFacts facts, NetworkDrivers drivers) {
        OwnLabels labels = new OwnLabels(migration);
        this.drivers = drivers;
        this.dataVolume = new DataVolumeManifest(labels);
        this.virtualMachine = new VirtualMachineManifest(labels, facts, drivers);
    }

    public List<TargetObject> of(VmPlan vm) {
        List<TargetObject> objects = new ArrayList<>();
        for (NicPlan nic : vm.nics()) {
            drivers.plan(vm, nic).ifPresent(planned -> objects.addAll(planned.objects()));
        }
        for (DiskPlan disk : vm.disks()) {
            objects.add(dataVolume.of(vm, disk));
        }
        objects.add(virtualMachine.of(vm));
        return objects;
    }

    public static ObjectRef dataVolume(VmPlan vm, DiskPlan disk) {
        return DataVolumeManifest.ref(vm, disk);
    }

    public static ObjectRef virtualMachine(VmPlan vm) {
        return VirtualMachineManifest.ref(vm);
    }
}
