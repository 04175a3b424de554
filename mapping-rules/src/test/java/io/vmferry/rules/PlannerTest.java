package io.vmferry.rules;

import static io.vmferry.rules.PlannerFixture.POD_FOR_ALL;
import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.model.Cpu;
import io.vmferry.spi.model.GuestOs;
import io.vmferry.spi.model.Nic;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.plan.Finding;
import io.vmferry.spi.plan.NicPlan;
import io.vmferry.spi.plan.Plan;
import io.vmferry.spi.plan.TargetVm;
import io.vmferry.spi.plan.Verdict;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.testing.SampleVms;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {
    private static final Vm LINUX = SampleVms.linux("web01");

    @Test
    void aLinuxVmBecomesWhatItWas() {
        VmPlan plan = PlannerFixture.of("", POD_FOR_ALL).with(LINUX).only();
        TargetVm target = plan.target();
        assertThat(plan.verdict()).isEqualTo(Verdict.READY_WITH_WARNINGS);
        assertThat(target.name()).isEqualTo("web01");
        assertThat(target.namespace()).isEqualTo("default");
        assertThat(target.cpu()).isEqualTo(new Cpu(2, 2, 1, "amd64"));
        assertThat(target.memoryBytes()).isEqualTo(4096L << 20);
        assertThat(target.uuid()).isEqualTo("42173d21-7b1e-2b9a-8c11-0123456789ab");
        assertThat(target.serial()).isEqualTo("VMware-42-17-3d-21-7b-1e-2b-9a-8c-11-01-23-45-67-89-ab");
        assertThat(target.machine()).isEqualTo("q35");
        assertThat(target.clock()).isEqualTo("utc");
        assertThat(target.profile()).isEqualTo(TargetVm.VIRTIO);
        assertThat(target.start()).isFalse();
        assertThat(plan.disks()).extracting(DiskPlan::key).containsExactly("d0", "d1");
        assertThat(plan.disks()).extracting(DiskPlan::name).containsExactly("web01-disk-0", "web01-disk-1");
        assertThat(plan.disks()).extracting(DiskPlan::bus).containsOnly("virtio");
        assertThat(plan.disks()).extracting(DiskPlan::bootOrder).containsExactly(1, null);
        assertThat(plan.disks()).extracting(DiskPlan::encoding).containsOnly(BlockEncoding.DEFLATE);
        assertThat(plan.disks()).extracting(DiskPlan::sourceVersion).containsOnly("v1");
        NicPlan nic = plan.nics().get(0);
        assertThat(nic.key()).isEqualTo("n0");
        assertThat(nic.rule()).isEqualTo("all");
        assertThat(nic.driver()).isEqualTo("pod");
        assertThat(nic.binding()).isEqualTo("masquerade");
        assertThat(nic.model()).isEqualTo("virtio");
        assertThat(nic.mac()).isEqualTo("00:50:56:aa:bb:01");
        assertThat(nic.ipPolicy()).isEqualTo(NicPlan.IpPolicy.MASQUERADE);
    }

    @Test
    void aWindowsVmBootsSafely() {
        VmPlan plan = PlannerFixture.of("", POD_FOR_ALL)
                .with(SampleVms.windows("ad01"))
                .only();
        assertThat(plan.target().profile()).isEqualTo(TargetVm.BOOT_SAFE);
        assertThat(plan.disks()).extracting(DiskPlan::bus).containsOnly("sata");
        assertThat(plan.nics()).extracting(NicPlan::model).containsOnly("e1000e");
    }

    @Test
    void withoutRulesNetworksBlockAndStorageIsTheDefault() {
        VmPlan plan = PlannerFixture.of("", "").with(LINUX).only();
        assertThat(plan.verdict()).isEqualTo(Verdict.BLOCKED);
        assertThat(plan.disks()).extracting(DiskPlan::storageClass).containsOnlyNulls();
        assertThat(plan.nics().get(0).driver()).isEmpty();
        assertThat(finding(plan, "network.unmapped").remedy())
                .isEqualTo("Add under spec.networks of the mapping rules: - {name: vm-network, match: {network:"
                        + " \"VM Network\"}, to: {driver: pod}} (or driver hybridnet or multus, see docs/rules.md)");
    }

    /** The remedy can be pasted. */
    @Test
    void theProposedRuleResolvesTheFinding() {
        VmEdit vm = new VmEdit(LINUX);
        vm.nic(0, nic -> {
            nic.network = new Nic.Network("Weird \"LAN\": 5 \\ #1", null, null);
            return nic;
        });
        String remedy = finding(PlannerFixture.of("", "").with(vm.vm()).only(), "network.unmapped")
                .remedy();
        String rule = remedy.substring(remedy.indexOf("- {"), remedy.indexOf(" (or driver"));
        VmPlan plan = PlannerFixture.of("", "networks:\n" + rule).with(vm.vm()).only();
        assertThat(plan.nics().get(0).driver()).isEqualTo("pod");
    }

    @Test
    void theFirstRuleThatMatchesDecides() {
        String rules = """
                placement:
                - {match: {tag: {team: "fin*"}}, to: {namespace: finance, labels: {b: "2", a: "1"}}}
                - {default: true, to: {namespace: other}}
                networks:
                - {name: lan, match: {network: "VM *"}, to: {driver: multus, name: lan}}
                - {name: never, match: {network: "VM Network"}, to: {driver: pod}}
                storage:
                - {name: big, match: {minSize: 10GiB}, to: {storageClass: slow, volumeMode: Block}}
                - {name: rest, default: true, to: {storageClass: fast}}
                compute:
                - {match: {guestFamily: linux}, to: {diskBus: scsi, nicModel: e1000, machine: pc-q35-6.2, clock: Europe/Berlin}}
                """;
        VmEdit vm = new VmEdit(LINUX);
        vm.tags = Map.of("team", List.of("finance"));
        VmPlan plan = PlannerFixture.of("", rules).with(vm.vm()).only();
        assertThat(plan.target().namespace()).isEqualTo("finance");
        assertThat(plan.target().labels()).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(plan.target().labels().keySet()).containsExactly("a", "b");
        assertThat(plan.target().machine()).isEqualTo("pc-q35-6.2");
        assertThat(plan.target().clock()).isEqualTo("Europe/Berlin");
        assertThat(plan.nics().get(0).rule()).isEqualTo("lan");
        assertThat(plan.nics().get(0).settings()).isEqualTo(Map.of("name", "lan"));
        assertThat(plan.nics().get(0).model()).isEqualTo("e1000");
        assertThat(plan.disks()).extracting(DiskPlan::rule).containsExactly("rest", "big");
        assertThat(plan.disks()).extracting(DiskPlan::storageClass).containsExactly("fast", "slow");
        assertThat(plan.disks()).extracting(DiskPlan::bus).containsOnly("scsi");
    }

    @Test
    void overridesWinOverRules() {
        String spec = """
                policy: {start: true}
                overrides:
                - vm: web01
                  name: web-one
                  namespace: prod
                  profile: boot-safe
                  start: false
                  nics: [{nic: 0, network: held, ip: 192.168.56.99/24, mac: "00:50:56:00:00:99"}]
                  disks: [{disk: 1, storageClass: fast}, {disk: 0, volumeMode: Block}]
                """;
        String rules = """
                networks:
                - {name: lan, match: {network: "VM Network"}, block: not this way}
                - {name: held, match: {vlan: 56}, to: {driver: hybridnet, subnet: s}}
                storage:
                - {match: {maxSize: 10GiB}, to: {storageClass: slow}}
                - {default: true, block: too big}
                """;
        VmPlan plan = PlannerFixture.of(spec, rules).with(LINUX).only();
        assertThat(plan.verdict()).isEqualTo(Verdict.READY_WITH_WARNINGS);
        assertThat(plan.target().name()).isEqualTo("web-one");
        assertThat(plan.target().namespace()).isEqualTo("prod");
        assertThat(plan.target().profile()).isEqualTo(TargetVm.BOOT_SAFE);
        assertThat(plan.target().start()).isFalse();
        assertThat(plan.disks()).extracting(DiskPlan::name).containsExactly("web-one-disk-0", "web-one-disk-1");
        assertThat(plan.disks()).extracting(DiskPlan::storageClass).containsExactly("slow", "fast");
        assertThat(plan.disks()).extracting(DiskPlan::volumeMode).containsExactly("Block", null);
        NicPlan nic = plan.nics().get(0);
        assertThat(nic.driver()).isEqualTo("hybridnet");
        assertThat(nic.ipPolicy()).isEqualTo(NicPlan.IpPolicy.SET);
        assertThat(nic.addresses()).extracting("ip").containsExactly("192.168.56.99");
        assertThat(nic.macPolicy()).isEqualTo(NicPlan.MacPolicy.SET);
        assertThat(nic.mac()).isEqualTo("00:50:56:00:00:99");
    }

    @Test
    void anAddressThatIsGivenNeedsNoGuestAgent() {
        VmEdit vm = new VmEdit(LINUX);
        vm.nic(0, nic -> {
            nic.guest = null;
            return nic;
        });
        String rules = "networks: [{default: true, to: {driver: hybridnet, network: n}}]";
        PlannerFixture without = PlannerFixture.of("", rules).with(vm.vm());
        assertThat(without.only().verdict()).isEqualTo(Verdict.BLOCKED);
        PlannerFixture given = PlannerFixture.of("overrides: [{vm: web01, nics: [{nic: 0, ip: 10.0.0.1/8}]}]", rules)
                .with(vm.vm());
        assertThat(given.only().findings()).noneMatch(finding -> finding.code().startsWith("network.ip"));
    }

    @Test
    void aDriverThatHoldsNoAddressOnlyRecordsIt() {
        VmEdit vm = new VmEdit(LINUX);
        String rules = "networks: [{default: true, to: {driver: multus, name: lan, ip: {policy: keep}}}]";
        VmPlan plan = PlannerFixture.of("", rules).with(vm.vm()).only();
        assertThat(plan.nics().get(0).addresses()).extracting("ip").containsExactly("192.168.56.21");
        vm.nic(0, nic -> {
            nic.guest = null;
            return nic;
        });
        assertThat(PlannerFixture.of("", rules).with(vm.vm()).only().verdict()).isNotEqualTo(Verdict.BLOCKED);
    }

    @Test
    void anOverrideByKeyTellsVmsOfOneNameApart() {
        VmEdit one = new VmEdit(LINUX);
        one.ref = new VmRef("sample", "vm-1", "same");
        VmEdit two = new VmEdit(LINUX);
        two.ref = new VmRef("sample", "vm-2", "same");
        Plan plan = PlannerFixture.of("overrides: [{vm: vm-2, name: other}]", POD_FOR_ALL)
                .with(one.vm())
                .with(two.vm())
                .plan();
        assertThat(plan.vms()).extracting(vm -> vm.target().name()).containsExactly("same", "other");
        assertThat(plan.findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "WINDOWS, , utc, true",
        "WINDOWS, localtime, utc, true",
        "WINDOWS, utc, utc, false",
        "WINDOWS, Asia/Shanghai, Asia/Shanghai, false",
        "LINUX, , utc, false",
        "LINUX, localtime, utc, true",
        "LINUX, Etc/GMT+8, Etc/GMT+8, false",
    })
    void theClockIsKeptWhereItsZoneIsKnown(GuestOs.Family family, String told, String expected, boolean warned) {
        VmEdit vm =
                new VmEdit(LINUX).os(family, family == GuestOs.Family.LINUX ? "debian12" : "windows2019srv_64Guest");
        vm.clock = told;
        VmPlan plan = PlannerFixture.of("", POD_FOR_ALL).with(vm.vm()).only();
        assertThat(plan.target().clock()).isEqualTo(expected);
        assertThat(plan.findings().stream().anyMatch(finding -> finding.code().equals("compute.clock-zone")))
                .isEqualTo(warned);
    }

    @ParameterizedTest
    @CsvSource({
        // boot order told by the source for three disks -> planned
        "'- - -', '1 - -'",
        "'1 - -', '1 - -'",
        "'- 1 -', '- 1 -'",
        "'3 - 2', '2 - 1'",
        "'1 1 1', '1 2 3'",
    })
    void bootOrderIsUniqueAndFromOne(String told, String planned) {
        VmEdit vm = new VmEdit(LINUX);
        vm.disks.add(SampleVms.disk(2, 1 << 30));
        String[] words = told.split(" ", -1);
        for (int i = 0; i < words.length; i++) {
            Integer order = words[i].equals("-") ? null : Integer.valueOf(words[i]);
            vm.disk(i, disk -> {
                disk.bootOrder = order;
                return disk;
            });
        }
        VmPlan plan = PlannerFixture.of("", POD_FOR_ALL).with(vm.vm()).only();
        assertThat(plan.disks())
                .extracting(disk -> disk.bootOrder() == null ? "-" : "" + disk.bootOrder())
                .containsExactly(planned.split(" ", -1));
    }

    @Test
    void armHasNoSata() {
        VmEdit vm = new VmEdit(SampleVms.windows("arm"));
        vm.cpu = new Cpu(1, 2, 1, "arm64");
        VmPlan plan = PlannerFixture.of("", POD_FOR_ALL).with(vm.vm()).only();
        assertThat(plan.target().machine()).isEqualTo("virt");
        assertThat(plan.disks()).extracting(DiskPlan::bus).containsOnly("scsi");
        assertThat(plan.nics()).extracting(NicPlan::model).containsOnly("virtio");
    }

    @Test
    void theInterfaceWarningSaysWhatIsLost() {
        String rules = "networks: [{default: true, to: {driver: hybridnet, network: n}}]";
        assertThat(finding(PlannerFixture.of("", rules).with(LINUX).only(), "guest.interface-name")
                        .message())
                .contains("ens192", "the address will be held for it, but the guest will not configure it");
        assertThat(finding(PlannerFixture.of("", POD_FOR_ALL).with(LINUX).only(), "guest.interface-name")
                        .message())
                .contains("the guest will not configure its static address");
    }

    @Test
    void theSameFactsGiveTheSamePlan() {
        Plan one = PlannerFixture.of("", POD_FOR_ALL)
                .with(LINUX)
                .with(SampleVms.windows("ad"))
                .plan();
        Plan two = PlannerFixture.of("", POD_FOR_ALL)
                .with(LINUX)
                .with(SampleVms.windows("ad"))
                .plan();
        assertThat(two).isEqualTo(one);
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void tenThousandVmsAreQuick() {
        StringBuilder overrides = new StringBuilder("overrides:\n");
        for (int i = 0; i < 1000; i++) {
            overrides.append("- {vm: vm").append(i).append(", start: true}\n");
        }
        PlannerFixture fixture = PlannerFixture.of(
                overrides.toString(),
                "networks: [{match: {networkRegex: '^(a|b)+-.*x$'}, block: no}, {default: true, to: {driver: pod}}]");
        for (int i = 0; i < 10_000; i++) {
            fixture.with(SampleVms.linux("vm" + i));
        }
        long begin = System.nanoTime();
        Plan plan = fixture.plan();
        assertThat(plan.vms()).hasSize(10_000);
        assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(30));
    }

    private static Finding finding(VmPlan plan, String code) {
        return plan.findings().stream()
                .filter(finding -> finding.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new AssertionError(code + " is not among " + plan.findings()));
    }
}
