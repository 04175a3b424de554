package io.vmferry.kubevirt.directory;

import io.vmferry.kubevirt.yaml.Fields;
import io.vmferry.kubevirt.yaml.YamlText;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.ObjectRef;
import io.vmferry.spi.target.TargetObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The texts in a VM's folder: its manifests, a kustomization that applies them together, and the upload note. Pure. */
final class VmDocuments {
    private static final String VIRTUAL_MACHINE = "VirtualMachine";

    private VmDocuments() {}

    /** @return file name to content, in the order in which they are written */
    static Map<String, String> of(VmPlan vm, List<TargetObject> objects, Map<DiskPlan, StoredEvidence> disks) {
        Map<String, String> files = new LinkedHashMap<>();
        objects.forEach(object -> files.put(name(object.ref()), object.manifest()));
        List<String> resources = List.copyOf(files.keySet());
        files.put("kustomization.yaml", kustomization(resources));
        files.put("UPLOAD.md", UploadNote.of(vm, disks));
        return files;
    }

    /** The VM is what the folder is about and needs no name in its file's name. */
    private static String name(ObjectRef ref) {
        String kind = ref.kind().toLowerCase(Locale.ROOT);
        return ref.kind().equals(VIRTUAL_MACHINE) ? kind + ".yaml" : kind + "-" + ref.name() + ".yaml";
    }

    private static String kustomization(List<String> resources) {
        return YamlText.of(Fields.with("apiVersion", "kustomize.config.k8s.io/v1beta1")
                .and("kind", "Kustomization")
                .and("resources", resources)
                .map());
    }
}
