package io.vmferry.kubevirt.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.kubevirt.SamplePlans;
import io.vmferry.kubevirt.TargetsForTest;
import io.vmferry.kubevirt.network.NetworkDrivers;
import io.vmferry.kubevirt.version.Version;
import io.vmferry.spi.model.Disk;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.TargetFacts;
import io.vmferry.spi.target.TargetObject;
import io.vmferry.spi.testing.SampleVms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** No version is given a field that it does not have, and each gets those it has. */
class FieldsPerVersionTest {
    private static final AllowedFields VIRTUAL_MACHINE = new AllowedFields("virtualmachine-fields.txt");
    private static final AllowedFields DATA_VOLUME = new AllowedFields("datavolume-fields.txt");

    static Stream<String> versions() {
        return Stream.concat(
                IntStream.rangeClosed(50, 59).mapToObj(minor -> "0." + minor),
                IntStream.rangeClosed(0, 9).mapToObj(minor -> "1." + minor));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void everyFieldIsKnownToTheVersion(String version) {
        Version target = Version.parse(version).orElseThrow();
        for (VmPlan vm : plans()) {
            for (TargetObject object : manifests(vm, version)) {
                AllowedFields allowed = object.ref().kind().equals("DataVolume") ? DATA_VOLUME : VIRTUAL_MACHINE;
                assertThat(allowed.unknown(parsed(object), target))
                        .as("%s for KubeVirt %s", object.ref(), version)
                        .isEmpty();
            }
        }
    }

    @Test
    void theCheckerKnowsWhatIsTooNew() {
        Object current = parsed(last(manifests(SamplePlans.windows("win01"), "1.9")));
        assertThat(VIRTUAL_MACHINE.unknown(current, new Version(0, 50)))
                .containsExactlyInAnyOrder(
                        "spec.template.spec.architecture",
                        "spec.template.spec.domain.firmware.bootloader.efi.persistent",
                        "spec.template.spec.domain.devices.tpm.persistent");
        assertThat(VIRTUAL_MACHINE.unknown(Map.of("spec", Map.of("runStrategie", "Halted")), new Version(1, 9)))
                .containsExactly("spec.runStrategie");
    }

    @Test
    void featuresComeWithTheirVersion() {
        assertThat(text(unplugged(), "1.4")).doesNotContain("state:");
        assertThat(text(unplugged(), "1.5")).contains("state: down");
        assertThat(text(SamplePlans.windows("win01"), "0.52")).doesNotContain("tpm");
        assertThat(text(SamplePlans.windows("win01"), "0.59")).contains("tpm: {}");
        assertThat(text(SamplePlans.windows("win01"), "1.0")).contains("tpm:\n            persistent: true");
        assertThat(text(SamplePlans.linux("web01"), "1.0"))
                .contains("architecture: amd64")
                .doesNotContain("persistent");
        assertThat(text(SamplePlans.linux("web01"), "1.1")).contains("persistent: true");
        assertThat(text(shared(), "0.50")).doesNotContain("shareable");
        assertThat(text(shared(), "0.51")).contains("shareable: true").contains("cache: none");
    }

    @Test
    void everyDiskHasItsVolumeAndEveryNicItsNetwork() {
        for (VmPlan vm : plans()) {
            Map<?, ?> spec = map(map(map(map(parsed(last(manifests(vm, "1.9")))), "spec"), "template"), "spec");
            Map<?, ?> devices = map(map(spec, "domain"), "devices");
            assertThat(names(spec, "volumes")).isEqualTo(names(devices, "disks"));
            assertThat(names(spec, "networks")).isEqualTo(names(devices, "interfaces"));
        }
    }

    @Test
    void vmWithoutCardsGetsNoneInsteadOfTheDefaultOne() {
        VmPlan vm = SamplePlans.linux("web01").withNics(List.of());
        assertThat(text(vm, "0.50")).contains("autoattachPodInterface: false").doesNotContain("networks:");
    }

    private static List<VmPlan> plans() {
        return List.of(
                SamplePlans.linux("web01"),
                SamplePlans.bootSafe("web02"),
                SamplePlans.windows("win01"),
                unplugged(),
                shared());
    }

    private static VmPlan unplugged() {
        VmPlan vm = SamplePlans.linux("web01");
        NicPlan nic = vm.nics().get(0);
        return vm.withNics(List.of(new NicPlan(
                nic.key(),
                nic.nic(),
                nic.rule(),
                "pod",
                Map.of(),
                "",
                nic.model(),
                nic.macPolicy(),
                nic.mac(),
                NicPlan.IpPolicy.MASQUERADE,
                List.of(),
                false)));
    }

    private static VmPlan shared() {
        Vm vm = SampleVms.linux("web01");
        Disk disk = vm.disks().get(0);
        Disk shared = new Disk(
                disk.key(),
                disk.label(),
                disk.capacityBytes(),
                null,
                null,
                disk.format(),
                disk.storage(),
                disk.attachment(),
                1,
                null,
                disk.backing(),
                disk.mode(),
                true,
                null);
        List<Disk> disks = new ArrayList<>(vm.disks());
        disks.set(0, shared);
        Vm changed = SampleVms.vm("web01", vm.guest(), vm.firmware(), disks, vm.nics());
        List<DiskPlan> plans = List.of(SamplePlans.disk(changed, 0, "virtio"), SamplePlans.disk(changed, 1, "virtio"));
        return SamplePlans.linux("web01").withDisks(plans);
    }

    private static List<TargetObject> manifests(VmPlan vm, String version) {
        TargetFacts facts = TargetsForTest.facts(version);
        return new VmManifests("first-light", facts, NetworkDrivers.standard()).of(vm);
    }

    private static String text(VmPlan vm, String version) {
        return last(manifests(vm, version)).manifest();
    }

    private static TargetObject last(List<TargetObject> objects) {
        return objects.get(objects.size() - 1);
    }

    private static Object parsed(TargetObject object) {
        return new Load(LoadSettings.builder().build()).loadFromString(object.manifest());
    }

    private static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }

    private static Map<?, ?> map(Map<?, ?> parent, String key) {
        return map(Objects.requireNonNull(parent.get(key), key));
    }

    private static List<String> names(Map<?, ?> parent, String key) {
        List<?> list = (List<?>) Objects.requireNonNull(parent.get(key), key);
        return list.stream().map(each -> String.valueOf(map(each).get("name"))).toList();
    }
}
