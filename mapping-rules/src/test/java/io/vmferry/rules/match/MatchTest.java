package io.vmferry.rules.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.rules.VmEdit;
import io.vmferry.rules.error.RulesError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.GuestOs;
import io.vmferry.spi.model.Placement;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.testing.SampleVms;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatchTest {
    @ParameterizedTest
    @CsvSource({
        "web*, web01, true",
        "web*, web, true",
        "web*, Web01, false",
        "*, '', true",
        "?, '', false",
        "w?b, web, true",
        "w?b, weeb, false",
        "*-old, web-old, true",
        "*-old, web-older, false",
        "a*b*c, axxbyyc, true",
        "a*b*c, axxbyy, false",
        "VM Network, VM Network, true",
        "PG.56, PGx56, false",
        "[a-z], a, false",
        "**, x, true",
        "'', '', true",
        "*a*a*a*b, aaaaaaaaaaaaaaaaaaaa, false",
    })
    void globs(String pattern, String text, boolean matches) {
        assertThat(new Glob(pattern).matches(text)).isEqualTo(matches);
    }

    @Test
    void aGlobOfManyStarsIsQuick() {
        String pattern = "*a".repeat(200) + "b";
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(new Glob(pattern).matches("a".repeat(4000))).isFalse());
    }

    @ParameterizedTest
    @CsvSource({
        "^ssd-, ssd-1, true",
        "^ssd-, nossd-1, false",
        "sd, ssd-1, true",
        "(?i)lan$, My LAN, true",
        "'.*prod.*web.*', x-prod-x-web-x, true",
    })
    void regularExpressionsAreFoundAnywhere(String pattern, String text, boolean matches) {
        assertThat(new Regex(pattern).matches(text)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {".*.*.*.*.*.*=", "(.+)+\\1$", "(x+x+)+(x+x+)+y\\1"})
    void expressionsThatCouldTakeForEverAreRefused(String pattern) {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThatThrownBy(() -> new Regex(pattern))
                        .isInstanceOfSatisfying(VmferryException.class, refused -> {
                            assertThat(refused.code()).isEqualTo(RulesError.RULES_REGEX);
                            assertThat(refused.subject()).contains(pattern);
                        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {".*prod.*", "^(iscsi|nfs|vmotion)", "[a-z]+-[0-9]{2,4}$", "(web|db)+", ".*a.*b.*"})
    void ordinaryExpressionsPass(String pattern) {
        assertThat(new Regex(pattern).matches("a-rather-long-name-of-a-virtual-machine-or-a-folder/".repeat(4)))
                .isIn(true, false);
    }

    @Test
    void alternationsOnLongTextDoNotEndTheStack() {
        assertThat(new Regex("^(a|b)*$").matches("ab".repeat(100_000))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/dc1/finance, true",
        "/dc1/finance/*, true",
        "/dc1, true",
        "/dc1/*, true",
        "/dc1/fin*, true",
        "/dc1/finance/erp, true",
        "/dc1/finance/erp/*, true",
        "/dc2/*, false",
        "/dc1/fin, false",
        "finance, false",
        "*/erp, true",
    })
    void aFolderStandsForAllBelow(String pattern, boolean matches) {
        VmMatch match = vm(TextMatch.globs(pattern), Map.of(), Set.of());
        VmEdit edit = new VmEdit(SampleVms.linux("a"));
        edit.placement = new Placement("/dc1/finance/erp", null, null, null);
        assertThat(match.matches(edit.vm())).isEqualTo(matches);
    }

    @Test
    void tagsAndFamiliesMustAllHold() {
        VmEdit edit = new VmEdit(SampleVms.linux("a"));
        edit.tags = Map.of("env", List.of("test", "prod-eu"), "tier", List.of("web"));
        Vm vm = edit.vm();
        assertThat(vm(TextMatch.ANY, Map.of("env", TextMatch.globs("prod*")), Set.of())
                        .matches(vm))
                .isTrue();
        assertThat(vm(TextMatch.ANY, Map.of("env", TextMatch.globs("prod")), Set.of())
                        .matches(vm))
                .isFalse();
        assertThat(vm(TextMatch.ANY, Map.of("env", TextMatch.globs("test"), "owner", TextMatch.globs("*")), Set.of())
                        .matches(vm))
                .isFalse();
        assertThat(vm(TextMatch.ANY, Map.of(), Set.of(GuestOs.Family.LINUX)).matches(vm))
                .isTrue();
        assertThat(vm(TextMatch.ANY, Map.of(), Set.of(GuestOs.Family.WINDOWS)).matches(vm))
                .isFalse();
    }

    @Test
    void aFactThatTheSourceDoesNotHaveSatisfiesNoConditionOnIt() {
        VmMatch onCluster = new VmMatch(
                TextMatch.ANY, TextMatch.ANY, TextMatch.ANY, TextMatch.globs("*"), Map.of(), Set.of(), TextMatch.ANY);
        assertThat(onCluster.matches(SampleVms.linux("a"))).isFalse();
    }

    @Test
    void nameAndSourceAloneRuleAVmOut() {
        VmMatch match = new VmMatch(
                TextMatch.globs("vc"),
                TextMatch.globs("web*"),
                TextMatch.ANY,
                TextMatch.ANY,
                Map.of(),
                Set.of(),
                TextMatch.ANY);
        assertThat(match.mayMatch(new VmRef("vc", "vm-1", "web01"))).isTrue();
        assertThat(match.mayMatch(new VmRef("vc", "vm-1", "db01"))).isFalse();
        assertThat(match.mayMatch(new VmRef("other", "vm-1", "web01"))).isFalse();
    }

    private static VmMatch vm(TextMatch folder, Map<String, TextMatch> tag, Set<GuestOs.Family> family) {
        return new VmMatch(TextMatch.ANY, TextMatch.ANY, folder, TextMatch.ANY, tag, family, TextMatch.ANY);
    }
}
