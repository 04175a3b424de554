package io.vmferry.rules;

import static io.vmferry.rules.PlannerFixture.POD_FOR_ALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.rules.error.RulesError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Device;
import io.vmferry.spi.model.PowerState;
import io.vmferry.spi.model.Snapshot;
import io.vmferry.spi.plan.Plan;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.ObjectRef;
import io.vmferry.spi.target.TargetFacts;
import io.vmferry.spi.testing.SampleVms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanJsonTest {
    private static Plan plan() {
        VmEdit vm = new VmEdit(SampleVms.linux("web01"));
        vm.snapshots.add(new Snapshot("s1", "before", Instant.parse("2026-01-02T03:04:05.678901Z"), true));
        vm.devices.add(new Device("usb", "USB", "EHCI"));
        vm.tags = Map.of("env", List.of("prod"), "a", List.of());
        Plan plan = PlannerFixture.of("", POD_FOR_ALL)
                .with(vm.vm())
                .with(SampleVms.windows("财务"))
                .plan();
        List<VmPlan> vms = plan.vms().stream()
                .map(each -> each.withObjects(List.of(new ObjectRef("kubevirt.io/v1", "VirtualMachine", "ns", "x"))))
                .toList();
        return new Plan(plan.migration(), plan.created(), plan.target(), plan.sources(), vms, plan.findings());
    }

    private static Plan at(Plan plan, Instant time) {
        return new Plan(plan.migration(), time, plan.target(), plan.sources(), plan.vms(), plan.findings());
    }

    @Test
    void aPlanComesBackAsItWas() {
        Plan plan = plan();
        String json = PlanJson.write(plan);
        Plan back = PlanJson.read("plan.json", json);
        assertThat(back).isEqualTo(plan);
        assertThat(PlanJson.write(back)).isEqualTo(json);
        assertThat(PlanHash.of(back)).isEqualTo(PlanHash.of(plan)).matches("[0-9a-f]{64}");
        assertThat(json).contains("\"created\":\"2026-11-24T08:00:00Z\"").contains("2026-01-02T03:04:05.678901Z");
    }

    @Test
    void theHashIsThatOfWhatWasDecidedAndNotOfWhen() {
        Plan plan = plan();
        assertThat(PlanHash.of(at(plan, Instant.EPOCH))).isEqualTo(PlanHash.of(plan));
        List<VmPlan> fewer = new ArrayList<>(plan.vms());
        fewer.remove(1);
        assertThat(PlanHash.of(new Plan(
                        plan.migration(), plan.created(), plan.target(), plan.sources(), fewer, plan.findings())))
                .isNotEqualTo(PlanHash.of(plan));
    }

    @Test
    void howFullTheDisksOfARunningVmAreDoesNotChangeTheHash() {
        assertThat(PlanHash.of(filling(PowerState.ON, 1))).isEqualTo(PlanHash.of(filling(PowerState.ON, 2)));
        assertThat(PlanHash.of(filling(PowerState.OFF, 1))).isNotEqualTo(PlanHash.of(filling(PowerState.OFF, 2)));
    }

    private static Plan filling(PowerState power, long used) {
        VmEdit vm = new VmEdit(SampleVms.linux("web01"));
        vm.power = power;
        vm.disk(0, disk -> {
            disk.used = used;
            return disk;
        });
        return PlannerFixture.of("policy: {running: shutdown}", PlannerFixture.POD_FOR_ALL)
                .with(vm.vm(), Map.of(), Map.of(), Map.of())
                .plan();
    }

    @Test
    void setsAreSortedWhateverTheProcess() {
        List<String> names = new ArrayList<>(List.of("zeta", "alpha", "mid", "beta", "omega"));
        String first = "";
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(names, new Random(i));
            Plan plan = plan();
            Set<String> shuffled = new LinkedHashSet<>(names);
            TargetFacts facts =
                    new TargetFacts("directory", "/out", "1.9", "1.66", Set.of(), shuffled, Set.of(), List.of());
            String json =
                    PlanJson.write(new Plan(plan.migration(), plan.created(), facts, List.of(), List.of(), List.of()));
            first = first.isEmpty() ? json : first;
            assertThat(json).isEqualTo(first).contains("[\"alpha\",\"beta\",\"mid\",\"omega\",\"zeta\"]");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{}",
                "{\"migration\":1}",
                "not json",
                "{\"migration\":\"m\",\"unknown\":1}"
            })
    void whatIsNoPlanIsRefused(String json) {
        assertThatThrownBy(() -> PlanJson.read("plan.json", json))
                .isInstanceOfSatisfying(VmferryException.class, error -> {
                    assertThat(error.code()).isEqualTo(RulesError.PLAN_UNREADABLE);
                    assertThat(error.subject()).isEqualTo("plan.json");
                });
    }

    @Test
    void aPlanWithSomethingAfterItIsRefused() {
        assertThatThrownBy(() -> PlanJson.read("plan.json", PlanJson.write(plan()) + "{}"))
                .isInstanceOf(VmferryException.class);
    }
}
