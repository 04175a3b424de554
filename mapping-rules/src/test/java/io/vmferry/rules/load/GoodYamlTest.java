package io.vmferry.rules.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.rules.model.MappingRule;
import io.vmferry.rules.model.MappingRules;
import io.vmferry.rules.model.MigrationFile;
import io.vmferry.rules.model.NetworkTarget;
import io.vmferry.rules.model.Policy;
import io.vmferry.rules.model.Profile;
import io.vmferry.rules.model.Selection;
import io.vmferry.rules.model.SourcePolicy;
import io.vmferry.rules.model.StorageTarget;
import io.vmferry.rules.model.Transfer;
import io.vmferry.rules.model.VmOverride;
import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.ErrorCategory;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.GuestInterface.Address;
import io.vmferry.spi.plan.NicPlan.IpPolicy;
import io.vmferry.spi.plan.NicPlan.MacPolicy;
import io.vmferry.spi.testing.SampleVms;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoodYamlTest {
    private static final Path GOOD = Path.of("src/test/resources/good").toAbsolutePath();

    @Test
    void everyKeyOfAMigrationArrives() {
        MigrationFile file = MigrationLoader.load(GOOD.resolve("full.yaml"));
        assertThat(file.name()).isEqualTo("first-light");
        assertThat(file.sources()).extracting("name").containsExactly("appliances", "vc.example");
        assertThat(file.sources().get(0).settings().paths("paths"))
                .containsExactly(GOOD.resolve("web01.ova"), GOOD.resolve("exports"));
        assertThat(file.sources().get(1).settings().values())
                .isEqualTo(Map.of(
                        "url", List.of("https://vc.example/sdk"),
                        "passwordFile", List.of("secrets/vc"),
                        "trust.caFile", List.of("ca.pem"),
                        "trust.deep.er", List.of("1", "2"),
                        "port", List.of("443"),
                        "insecure", List.of("false")));
        assertThat(file.target().migration()).isEqualTo("first-light");
        assertThat(file.target().type()).isEqualTo("directory");
        // Unquoted, YAML would make it the number 1.1.
        assertThat(file.target().settings().text("version")).hasValue("1.10");
        assertThat(file.target().settings().path("path")).hasValue(GOOD.resolve("vmferry-out"));
        assertThat(file.target().settings().values()).doesNotContainKey("namespace");
        assertThat(file.namespace()).isEqualTo("imported");
        assertThat(file.rulesFile()).isNull();
        assertThat(file.transfer())
                .isEqualTo(new Transfer(Transfer.Format.QCOW2, Transfer.Compression.ZSTD, 3, 4, OptionalInt.of(5)));
        assertThat(file.policy())
                .isEqualTo(new Policy(
                        true,
                        Profile.VIRTIO,
                        Set.of(Policy.Gate.TRANSFER, Policy.Gate.ACCEPT),
                        Policy.OnFailure.STOP,
                        new SourcePolicy(
                                SourcePolicy.Running.SHUTDOWN,
                                Duration.ofSeconds(90),
                                SourcePolicy.WhenStuck.ASK,
                                true,
                                false)));
        assertThat(file.store()).isEqualTo(GOOD.resolve("../store").normalize());
        assertThat(RulesLoader.of(file).networks())
                .extracting(MappingRule::name)
                .containsExactly("vlan56-keep", "networks[1]");
    }

    @Test
    void everyKeyOfAnOverrideArrives() {
        VmOverride override =
                MigrationLoader.load(GOOD.resolve("full.yaml")).overrides().get(0);
        assertThat(override)
                .isEqualTo(new VmOverride(
                        "web01",
                        "appliances",
                        "web-01",
                        "prod",
                        Profile.BOOT_SAFE,
                        false,
                        List.of(
                                new VmOverride.NicOverride(
                                        0,
                                        "vlan56-keep",
                                        null,
                                        List.of(new Address("192.168.56.21", 24)),
                                        "00:50:56:aa:bb:01"),
                                new VmOverride.NicOverride(
                                        1,
                                        null,
                                        new NetworkTarget(
                                                "multus",
                                                Map.of("name", "vlan60", "namespace", "networks"),
                                                "bridge",
                                                IpPolicy.DHCP,
                                                Set.of(4, 6),
                                                MacPolicy.KEEP),
                                        List.of(new Address("10.0.0.5", 16), new Address("2001:db8::5", 64)),
                                        null)),
                        List.of(new VmOverride.DiskOverride(0, new StorageTarget("fast", null, null)))));
    }

    @Test
    void whatIsLeftOutHasSensibleDefaults() {
        MigrationFile file = MigrationLoader.load(GOOD.resolve("minimal.yaml"));
        assertThat(file.namespace()).isEqualTo("default");
        assertThat(file.select()).isEqualTo(Selection.ALL);
        assertThat(file.transfer()).isEqualTo(Transfer.DEFAULT);
        assertThat(file.policy()).isEqualTo(Policy.DEFAULT);
        assertThat(file.overrides()).isEmpty();
        assertThat(file.store()).isEqualTo(GOOD.resolve(".vmferry/store"));
        assertThat(RulesLoader.of(file)).isEqualTo(MappingRules.NONE);
        assertThat(file.sources().get(0).settings().list("paths")).containsExactly("x.ova");
    }

    @Test
    void selectionTakesAndLeaves() {
        Selection select = MigrationLoader.load(GOOD.resolve("full.yaml")).select();
        assertThat(select.selects(SampleVms.linux("web01"))).isTrue();
        assertThat(select.selects(SampleVms.linux("web-old"))).isFalse();
        assertThat(select.selects(SampleVms.linux("db7"))).isFalse();
        assertThat(select.maySelect(SampleVms.linux("db7").ref())).isTrue();
        assertThat(new Selection(List.of(), select.exclude()).selects(SampleVms.linux("1234")))
                .isFalse();
        assertThat(Selection.ALL.selects(SampleVms.linux("anything"))).isTrue();
    }

    @Test
    void driversHaveTheirUsualPolicies() {
        MappingRules rules = RulesLoader.load(GOOD.resolve("rules-full.yaml"));
        assertThat(rules.networks())
                .extracting(rule -> rule.to() == null
                        ? rule.block()
                        : rule.to().driver() + " " + rule.to().binding() + " "
                                + rule.to().ip() + " " + rule.to().mac())
                .containsExactly(
                        "hybridnet bridge KEEP KEEP",
                        "multus bridge GUEST KEEP",
                        "hybridnet masquerade POOL GENERATE",
                        "pod masquerade MASQUERADE KEEP",
                        "pod bridge KEEP KEEP",
                        "not mapped yet");
        assertThat(rules.storage().get(0).match()).satisfies(match -> {
            assertThat(match.minBytes()).isEqualTo(1L << 30);
            assertThat(match.maxBytes()).isEqualTo(2L << 40);
        });
        assertThat(to(rules.placement().get(0)).labels()).isEqualTo(Map.of("team", "finance", "cost", "42"));
        assertThat(to(rules.compute().get(1)).clock()).isEqualTo("utc");
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsAreNoErrors() {
        String text =
                "\uFEFFapiVersion: vmferry.io/v1\r\nkind: MappingRules\r\nmetadata: {name: r}\r\nspec:\r\n  networks: []\r\n";
        assertThat(RulesLoader.parse("r.yaml", text.getBytes(StandardCharsets.UTF_8))
                        .name())
                .isEqualTo("r");
    }

    @Test
    void theErrorSaysWhereInOneLineOrInAList(@TempDir Path folder) {
        byte[] one = "apiVersion: vmferry.io/v1\nkind: MappingRules\nmetadata: {name: r}\nspec: {netwroks: []}\n"
                .getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> RulesLoader.parse("dir/r.yaml", one))
                .isInstanceOfSatisfying(VmferryException.class, error -> {
                    assertThat(error.subject()).isEqualTo("dir/r.yaml:4:8");
                    assertThat(error.code().category()).isEqualTo(ErrorCategory.CONFIG);
                    assertThat(error.reason()).contains("did you mean 'networks'?");
                });
        byte[] two = "apiVersion: vmferry.io/v1\nkind: MappingRules\nmetadata: {name: r}\nspec: {a: 1, b: 2}\n"
                .getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> RulesLoader.parse("r.yaml", two))
                .isInstanceOfSatisfying(VmferryException.class, error -> {
                    assertThat(error.subject()).isEqualTo("r.yaml");
                    assertThat(error.reason()).startsWith("2 things are wrong\n  r.yaml:4:8: unknown key 'a'");
                });
        assertThatThrownBy(() -> MigrationLoader.load(folder.resolve("none.yaml")))
                .isInstanceOfSatisfying(
                        VmferryException.class,
                        error -> assertThat(error.code()).isEqualTo(CommonError.FILE_NOT_FOUND));
        assertThatThrownBy(() -> MigrationLoader.load(folder))
                .isInstanceOfSatisfying(
                        VmferryException.class,
                        error -> assertThat(error.reason()).contains("it is a folder"));
    }

    @Test
    void anAnswerGoesOverWhatTheFileSays() {
        MigrationFile file = MigrationLoader.load(GOOD.resolve("full.yaml"));
        Flag flag = new Flag("--ip");
        VmOverride answer = new VmOverride(
                "web01",
                "appliances",
                "www",
                null,
                null,
                true,
                List.of(
                        new VmOverride.NicOverride(0, null, null, List.of(flag.address("10.1.1.1/24")), null),
                        new VmOverride.NicOverride(2, "vlan56-keep", null, List.of(), flag.mac("00-50-56-AA-BB-03"))),
                List.of(new VmOverride.DiskOverride(0, new StorageTarget(null, "Block", null))));
        VmOverride merged = file.with(answer).overrides().get(0);
        assertThat(merged.name()).isEqualTo("www");
        assertThat(merged.namespace()).isEqualTo("prod");
        assertThat(merged.profile()).isEqualTo(Profile.BOOT_SAFE);
        assertThat(merged.start()).isTrue();
        assertThat(merged.nics()).extracting(VmOverride.NicOverride::nic).containsExactly(0, 1, 2);
        assertThat(merged.nics().get(0))
                .isEqualTo(new VmOverride.NicOverride(
                        0, "vlan56-keep", null, List.of(new Address("10.1.1.1", 24)), "00:50:56:aa:bb:01"));
        assertThat(merged.disks().get(0).to()).isEqualTo(new StorageTarget("fast", "Block", null));
        assertThat(file.with(VmOverride.none("db01")).overrides()).hasSize(2);
        assertThatThrownBy(() -> flag.address("10.1.1.1")).isInstanceOfSatisfying(VmferryException.class, error -> {
            assertThat(error.subject()).isEqualTo("--ip");
            assertThat(error.reason()).contains("the /prefix length is missing");
        });
        assertThatThrownBy(() -> new Flag("--name").name("Web 1")).isInstanceOf(VmferryException.class);
    }

    private static <T> T to(MappingRule<?, T> rule) {
        return Objects.requireNonNull(rule.to());
    }
}
