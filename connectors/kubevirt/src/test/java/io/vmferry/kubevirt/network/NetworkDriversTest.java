package io.vmferry.kubevirt.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.kubevirt.SamplePlans;
import io.vmferry.kubevirt.TargetsForTest;
import io.vmferry.kubevirt.check.VmPreflight;
import io.vmferry.kubevirt.vm.VmManifests;
import io.vmferry.spi.model.GuestInterface;
import io.vmferry.spi.model.Nic;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.NicPlan.IpPolicy;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.TargetFacts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkDriversTest {
    private static final TargetFacts CURRENT = TargetsForTest.facts("1.9");
    private static final VmPlan VM = SamplePlans.linux("web01");
    private static final String MAC = "00:50:56:AA:BB:01";

    @Test
    void podIsMasqueradedUnlessABridgeIsAskedFor() {
        assertThat(manifest(nic("n0", "pod", "", IpPolicy.MASQUERADE, MAC)))
                .contains("masquerade: {}", "pod: {}", "macAddress: \"00:50:56:aa:bb:01\"");
        assertThat(manifest(nic("n0", "pod", "bridge", IpPolicy.DHCP, MAC))).contains("bridge: {}", "pod: {}");
        assertThat(codes(nic("n0", "pod", "bridge", IpPolicy.DHCP, MAC))).contains("target.live-migration-impossible");
    }

    @Test
    void podCannotKeepAnAddress() {
        assertThat(codes(nic("n0", "pod", "", IpPolicy.KEEP, MAC))).contains("target.address-not-kept");
    }

    @Test
    void multusNamesItsNetworkInFull() {
        assertThat(manifest(nic(
                        "n0", "multus", "", IpPolicy.GUEST, MAC, Map.of("namespace", "networks", "name", "vlan56"))))
                .contains("networkName: networks/vlan56", "bridge: {}");
        assertThat(manifest(nic("n0", "multus", "", IpPolicy.GUEST, MAC, Map.of("name", "vlan56"))))
                .contains("networkName: imported/vlan56");
        assertThat(codes(nic("n0", "multus", "", IpPolicy.GUEST, MAC, Map.of())))
                .contains("target.network-name-invalid");
        assertThat(codes(nic("n0", "multus", "masquerade", IpPolicy.GUEST, MAC, Map.of("name", "vlan56"))))
                .contains("target.binding-refused");
    }

    @Test
    void hybridnetIsChosenOnTheTemplateAndNeverByPools() {
        String manifest = manifest(
                nic("n0", "hybridnet", "", IpPolicy.KEEP, MAC, Map.of("network", "rack1", "subnet", "vmip-4/vmip-6")));
        assertThat(manifest)
                .contains("networking.alibaba.com/specified-network: rack1")
                .contains("networking.alibaba.com/specified-subnet: vmip-4/vmip-6")
                .contains("bridge: {}", "pod: {}")
                .contains("vmferry.io/addresses.n0: \"192.168.56.21/24\"")
                .doesNotContain("ip-pool")
                .doesNotContain("mac-pool");
        assertThat(manifest.indexOf("specified-network")).isGreaterThan(manifest.indexOf("template:"));
    }

    @Test
    void hybridnetSaysWhatItCannotHold() {
        Map<String, String> settings = Map.of("network", "rack1");
        assertThat(codes(nic("n0", "hybridnet", "", IpPolicy.KEEP, MAC, settings)))
                .contains("target.address-not-reserved");
        assertThat(codes(nic("n0", "hybridnet", "masquerade", IpPolicy.SET, MAC, settings)))
                .contains("target.address-not-kept");
        assertThat(codes(nic("n0", "hybridnet", "", IpPolicy.POOL, MAC, settings)))
                .noneMatch(code -> code.startsWith("target.address"));
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "rack 1, ''", "rack1, a/b/c", "rack1, a/", "'', A"})
    void hybridnetNamesThatNameNothing(String network, String subnet) {
        assertThat(codes(nic("n0", "hybridnet", "", IpPolicy.POOL, MAC, Map.of("network", network, "subnet", subnet))))
                .contains("target.network-name-invalid");
    }

    @Test
    void onePodNetworkPerVm() {
        Map<String, String> hybridnet = Map.of("network", "rack1");
        NicPlan first = nic("n0", "hybridnet", "", IpPolicy.POOL, MAC, hybridnet);
        assertThat(codes(first, nic("n1", "hybridnet", "", IpPolicy.POOL, "00:50:56:aa:bb:02", hybridnet)))
                .contains("target.pod-network-twice");
        assertThat(codes(first, nic("n1", "pod", "", IpPolicy.MASQUERADE, "00:50:56:aa:bb:02")))
                .contains("target.pod-network-twice");
        assertThat(codes(first, nic("n1", "multus", "", IpPolicy.GUEST, "00:50:56:aa:bb:02", Map.of("name", "a"))))
                .doesNotContain("target.pod-network-twice");
        assertThat(codes(first, nic("n0", "multus", "", IpPolicy.GUEST, "00:50:56:aa:bb:02", Map.of("name", "a"))))
                .contains("target.name-duplicate");
    }

    @Test
    void cardWithoutANetworkIsABlockerAndLeftOut() {
        NicPlan unknown = nic("n0", "carrier-pigeon", "", IpPolicy.GUEST, MAC);
        assertThat(codes(unknown)).contains("target.network-driver-unknown");
        assertThat(manifest(unknown)).doesNotContain("networks:");
        NicPlan unmapped = nic("n0", "", "", IpPolicy.GUEST, MAC);
        assertThat(codes(unmapped)).contains("target.network-driver-unknown");
        VmPlan blocked =
                VM.withNics(List.of(unmapped)).plus(List.of(Finding.blocker("network.unmapped", "s", "m", "r")));
        assertThat(codes(blocked)).doesNotContain("target.network-driver-unknown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00:50:56:aa:bb",
                "00:50:56:aa:bb:01:02",
                "00-50-56-aa-bb-01",
                "00:50:56:aa:bb:0g",
                "01:50:56:aa:bb:01",
                "ff:ff:ff:ff:ff:ff",
                "00:00:00:00:00:00",
                "02:00:00:00:00:00",
                "a\nb"
            })
    void macAddressesThatNoCardCanHave(String mac) {
        assertThat(codes(nic("n0", "pod", "masquerade", IpPolicy.MASQUERADE, mac)))
                .contains("target.mac-invalid");
    }

    @Test
    void macAddressMayBeLeftToTheTarget() {
        assertThat(manifest(nic("n0", "pod", "", IpPolicy.MASQUERADE, null))).doesNotContain("macAddress");
    }

    @ParameterizedTest
    @CsvSource({"igb, 1.3, true", "igb, 1.4, false", "vmxnet3, 1.9, true", "rtl8139, 0.50, false", "e1000e, 0.50, false"
    })
    void models(String model, String version, boolean refused) {
        NicPlan nic = SamplePlans.multus(VM.nics().get(0).nic(), model);
        List<Finding> findings = new VmPreflight(TargetsForTest.facts(version), NetworkDrivers.standard())
                .check(VM.withNics(List.of(nic)));
        assertThat(findings.stream().anyMatch(f -> f.code().equals("target.nic-model-refused")))
                .isEqualTo(refused);
    }

    private static NicPlan nic(String key, String driver, String binding, IpPolicy policy, @Nullable String mac) {
        return nic(key, driver, binding, policy, mac, Map.of());
    }

    private static NicPlan nic(
            String key,
            String driver,
            String binding,
            IpPolicy policy,
            @Nullable String mac,
            Map<String, String> settings) {
        Nic nic = VM.nics().get(0).nic();
        List<GuestInterface.Address> addresses = policy == IpPolicy.KEEP || policy == IpPolicy.SET
                ? List.of(new GuestInterface.Address("192.168.56.21", 24))
                : List.of();
        return new NicPlan(
                key,
                nic,
                "a-rule",
                driver,
                settings,
                binding,
                "virtio",
                NicPlan.MacPolicy.KEEP,
                mac,
                policy,
                addresses,
                true);
    }

    private static String manifest(NicPlan... nics) {
        return new VmManifests("m", CURRENT, NetworkDrivers.standard())
                .of(VM.withDisks(List.of()).withNics(List.of(nics)))
                .get(0)
                .manifest();
    }

    private static List<String> codes(NicPlan... nics) {
        return codes(VM.withNics(List.of(nics)));
    }

    private static List<String> codes(VmPlan vm) {
        return new VmPreflight(CURRENT, NetworkDrivers.standard())
                .check(vm).stream().map(Finding::code).toList();
    }
}
