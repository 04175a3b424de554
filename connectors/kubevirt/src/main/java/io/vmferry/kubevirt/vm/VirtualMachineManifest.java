package io.vmferry.kubevirt.vm;

import io.vmferry.kubevirt.network.NetworkDrivers;
import io.vmferry.kubevirt.syntax.LabelSyntax;
import io.vmferry.kubevirt.yaml.Fields;
import io.vmferry.kubevirt.yaml.YamlText;
import io.vmferry.spi.model.GuestInterface;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.TargetVm;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.NetworkDriver;
import io.vmferry.spi.target.ObjectRef;
import io.vmferry.spi.target.TargetFacts;
import io.vmferry.spi.target.TargetFeature;
import io.vmferry.spi.target.TargetObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The virtual machine. A card whose network is not decided is left out, which the checks report as a blocker. No eviction
 * strategy is written: the cluster's default applies, and 0.50 knows only one, behind a feature gate.
 */
final class VirtualMachineManifest {
    static final String API = "kubevirt.io/v1";
    static final String KIND = "VirtualMachine";

    /** Seconds for a guest to shut down before it is cut off: KubeVirt's own figures; Windows may be installing updates. */
    private static final int GRACE_SECONDS = 180;

    private static final int WINDOWS_GRACE_SECONDS = 3600;

    private final OwnLabels labels;
    private final TargetFacts facts;
    private final NetworkDrivers drivers;

    VirtualMachineManifest(OwnLabels labels, TargetFacts facts, NetworkDrivers drivers) {
        this.labels = labels;
        this.facts = facts;
        this.drivers = drivers;
    }

    static ObjectRef ref(VmPlan vm) {
        return new ObjectRef(API, KIND, vm.target().namespace(), vm.target().name());
    }

    TargetObject of(VmPlan vm) {
        TargetVm target = vm.target();
        Map<String, String> allLabels = admitted(target.labels());
        allLabels.putAll(labels.of(vm));
        Fields document = Fields.with("apiVersion", API)
                .and("kind", KIND)
                .and(
                        "metadata",
                        Fields.with("name", target.name())
                                .and("namespace", target.namespace())
                                .and("labels", allLabels)
                                .and("annotations", annotations(vm)))
                .and(
                        "spec",
                        Fields.with("runStrategy", target.start() ? "Always" : "Halted")
                                .and("template", template(vm)));
        return new TargetObject(ref(vm), YamlText.of(document.map()));
    }

    /** Those whose key can be one; the others are blockers. */
    private static Map<String, String> admitted(Map<String, String> asked) {
        Map<String, String> result = new LinkedHashMap<>();
        asked.forEach((key, value) -> {
            if (LabelSyntax.isKey(key)) {
                result.put(key, value);
            }
        });
        return result;
    }

    /** Where the VM comes from and which addresses are its own; read by people and by later runs. */
    private static Map<String, String> annotations(VmPlan vm) {
        Map<String, String> annotations = admitted(vm.target().annotations());
        annotations.put(OwnLabels.PREFIX + "source", vm.vm().ref().source());
        annotations.put(OwnLabels.PREFIX + "source-name", vm.vm().name());
        annotations.put(OwnLabels.PREFIX + "source-id", vm.vm().ref().key());
        for (NicPlan nic : vm.nics()) {
            if (!nic.addresses().isEmpty() && LabelSyntax.isKey(nic.key())) {
                annotations.put(
                        OwnLabels.PREFIX + "addresses." + nic.key(),
                        nic.addresses().stream()
                                .map(VirtualMachineManifest::cidr)
                                .collect(Collectors.joining(",")));
            }
        }
        return annotations;
    }

    private static String cidr(GuestInterface.Address address) {
        return address.ip() + "/" + address.prefixLength();
    }

    private Fields template(VmPlan vm) {
        TargetVm target = vm.target();
        List<NicPlan> nics = new ArrayList<>();
        List<Map<String, Object>> networks = new ArrayList<>();
        Map<String, String> podAnnotations = new LinkedHashMap<>();
        for (NicPlan nic : vm.nics()) {
            Optional<NetworkDriver.NicTarget> planned = drivers.plan(vm, nic);
            if (planned.isPresent()) {
                nics.add(nic);
                Map<String, Object> network = new LinkedHashMap<>();
                network.put("name", nic.key());
                network.putAll(planned.get().network());
                networks.add(network);
                podAnnotations.putAll(planned.get().annotations());
            }
        }
        Fields spec = Fields.with(
                        "architecture",
                        facts.can(TargetFeature.ARCHITECTURE) ? target.cpu().architecture() : null)
                .and("domain", new DomainFields(facts).of(vm).and("devices", new DeviceFields(facts).of(vm, nics)))
                .and(
                        "terminationGracePeriodSeconds",
                        DomainFields.isWindows(vm) ? WINDOWS_GRACE_SECONDS : GRACE_SECONDS);
        if (!networks.isEmpty()) {
            spec.and("networks", networks);
        }
        if (!vm.disks().isEmpty()) {
            spec.and(
                    "volumes",
                    vm.disks().stream().map(VirtualMachineManifest::volume).toList());
        }
        return Fields.with(
                        "metadata",
                        Fields.with("labels", podLabels(vm))
                                .and("annotations", podAnnotations.isEmpty() ? null : podAnnotations))
                .and("spec", spec);
    }

    /** KubeVirt refuses its own label domain on a template. */
    private Map<String, String> podLabels(VmPlan vm) {
        Map<String, String> result = new LinkedHashMap<>();
        admitted(vm.target().labels()).forEach((key, value) -> {
            if (!key.startsWith("kubevirt.io/")) {
                result.put(key, value);
            }
        });
        result.putAll(labels.ofPod(vm));
        return result;
    }

    private static Map<String, Object> volume(DiskPlan disk) {
        return Fields.with("name", disk.name())
                .and("dataVolume", Fields.with("name", disk.name()))
                .map();
    }
}
