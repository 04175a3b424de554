package io.vmferry.kubevirt.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.kubevirt.SamplePlans;
import io.vmferry.kubevirt.TargetsForTest;
import io.vmferry.kubevirt.network.NetworkDrivers;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.plan.TargetVm;
import io.vmferry.spi.plan.VmPlan;
import io.vmferry.spi.target.TargetObject;
import io.vmferry.spi.testing.SampleVms;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What a source calls things never becomes structure of a manifest. */
class HostileTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "web01\n---\nkind: Secret",
                "a: b # c",
                "name\"\n  injected: yes",
                "数据库 🚢",
                "tab\tand\rreturn",
                "{{ .Values }}",
                "nul\u0000",
                "\u2028\u0085"
            })
    void namesAndAnnotationsComeBackAsTheyAre(String text) {
        survives(text);
        survives(text.repeat(500));
    }

    private static void survives(String text) {
        Vm linux = SampleVms.linux(text);
        TargetVm target = new TargetVm(
                text,
                text,
                linux.cpu(),
                linux.memoryBytes(),
                linux.firmware(),
                text,
                text,
                text,
                text,
                "virtio",
                false,
                Map.of(text, text),
                Map.of("note", text));
        VmPlan vm = SamplePlans.plan(
                linux,
                target,
                List.of(SamplePlans.disk(linux, 0, text)),
                List.of(SamplePlans.multus(linux.nics().get(0), text)));
        for (TargetObject object :
                new VmManifests(text, TargetsForTest.facts("1.9"), NetworkDrivers.standard()).of(vm)) {
            Iterable<Object> documents = new Load(LoadSettings.builder().build()).loadAllFromString(object.manifest());
            assertThat(documents).hasSize(1).allSatisfy(document -> {
                Map<?, ?> root = (Map<?, ?>) document;
                assertThat(root.keySet()).hasToString("[apiVersion, kind, metadata, spec]");
                Map<?, ?> metadata = (Map<?, ?>) Objects.requireNonNull(root.get("metadata"));
                assertThat(metadata.keySet()).hasToString("[name, namespace, labels, annotations]");
                assertThat(metadata.get("namespace")).isEqualTo(text);
                if (object.ref().kind().equals("VirtualMachine")) {
                    Map<?, ?> annotations = (Map<?, ?>) Objects.requireNonNull(metadata.get("annotations"));
                    assertThat(annotations.get("vmferry.io/source-name")).isEqualTo(text);
                    assertThat(annotations.get("note")).isEqualTo(text);
                }
            });
        }
    }
}
