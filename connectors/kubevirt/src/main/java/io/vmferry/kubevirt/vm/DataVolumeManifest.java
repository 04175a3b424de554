package io.vmferry.kubevirt.vm;

import io.vmferry.kubevirt.yaml.Fields;
import io.vmferry.kubevirt.yaml.YamlText;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.ObjectRef;
import io.vmferry.spi.target.TargetObject;
import java.util.List;

/**
 * The volume of one disk, waiting for an upload. {@code spec.storage} and not {@code spec.pvc}: CDI then adds the file system's
 * overhead to the size, and takes the modes from the storage profile where none are planned.
 */
final class DataVolumeManifest {
    static final String API = "cdi.kubevirt.io/v1beta1";
    static final String KIND = "DataVolume";

    private final OwnLabels labels;

    DataVolumeManifest(OwnLabels labels) {
        this.labels = labels;
    }

    static ObjectRef ref(VmPlan vm, DiskPlan disk) {
        return new ObjectRef(API, KIND, vm.target().namespace(), disk.name());
    }

    TargetObject of(VmPlan vm, DiskPlan disk) {
        String accessMode = disk.accessMode();
        Fields storage = Fields.with("storageClassName", disk.storageClass())
                .and("volumeMode", disk.volumeMode())
                .and("accessModes", accessMode == null ? null : List.of(accessMode))
                .and(
                        "resources",
                        Fields.with("requests", Fields.with("storage", Quantity.storage(disk.volumeBytes()))));
        Fields document = Fields.with("apiVersion", API)
                .and("kind", KIND)
                .and(
                        "metadata",
                        Fields.with("name", disk.name())
                                .and("namespace", vm.target().namespace())
                                .and("labels", labels.of(vm))
                                .and(
                                        "annotations",
                                        Fields.with(
                                                        OwnLabels.PREFIX + "source-disk",
                                                        disk.disk().label())
                                                .and(
                                                        OwnLabels.PREFIX + "source-disk-key",
                                                        disk.disk().key())))
                .and("spec", Fields.with("source", new Fields().empty("upload")).and("storage", storage));
        return new TargetObject(ref(vm, disk), YamlText.of(document.map()));
    }
}
