package io.vmferry.rules.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.spi.model.VmRef;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetNameTest {
    private static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

    @ParameterizedTest
    @CsvSource({
        "web01, web01",
        "Web_01, web-01",
        "ERP (Produktion), erp-produktion",
        "Übergrößenträger, ubergrossentrager",
        "café №5, cafe-no5",
        "ＷＥＢ０１, web01",
        "--web--01--, web-01",
        "10.0.0.1, 10-0-0-1",
        "Łódź smørrebrød, lodz-smorrebrod",
        "a/b\\c:d, a-b-c-d",
    })
    void namesAreMadeToFit(String display, String expected) {
        TargetName name = TargetName.of(display, "id");
        assertThat(name.name()).isEqualTo(expected);
        assertThat(name.generated()).isFalse();
        assertThat(name.exact()).isEqualTo(display.equals(expected));
    }

    @Test
    void namesThatLoseLettersStayApart() {
        TargetName finance = TargetName.of("财务-db01", "vc\u0000vm-1");
        TargetName people = TargetName.of("人事-db01", "vc\u0000vm-2");
        assertThat(finance.generated()).isTrue();
        assertThat(finance.name()).startsWith("db01-").matches(LABEL).isNotEqualTo(people.name());
        assertThat(TargetName.of("财务-db01", "vc\u0000vm-1")).isEqualTo(finance);
        assertThat(TargetName.of("数据库", "x").name()).matches("vm-[0-9a-f]{8}");
        assertThat(TargetName.of("", "x").name()).matches("vm-[0-9a-f]{8}");
        assertThat(TargetName.of("___", "x").name()).matches("vm-[0-9a-f]{8}");
    }

    @Test
    void longNamesAreCutAndStayApart() {
        TargetName one = TargetName.of("a".repeat(70) + "1", "id1");
        TargetName two = TargetName.of("a".repeat(70) + "2", "id2");
        assertThat(one.name()).hasSize(63).matches(LABEL).isNotEqualTo(two.name());
        assertThat(TargetName.of("a".repeat(63), "id").exact()).isTrue();
    }

    @Test
    void diskNamesStayWithinALabel() {
        assertThat(TargetName.derived("web01", "-disk-0")).isEqualTo("web01-disk-0");
        String longest = "a".repeat(63);
        String other = "a".repeat(62) + "b";
        assertThat(TargetName.derived(longest, "-disk-12"))
                .hasSizeLessThanOrEqualTo(63)
                .endsWith("-disk-12")
                .matches(LABEL)
                .isNotEqualTo(TargetName.derived(other, "-disk-12"));
    }

    @Test
    void anyNameBecomesALabel() {
        long seed = 20261124;
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder display = new StringBuilder();
            int length = random.nextInt(90);
            for (int j = 0; j < length; j++) {
                display.appendCodePoint(random.nextInt(4) == 0 ? random.nextInt(0x11000) : 32 + random.nextInt(95));
            }
            String name = TargetName.of(display.toString(), "id").name();
            assertThat(name).as("seed %d, '%s'", seed, display).matches(LABEL);
            assertThat(TargetName.derived(name, "-disk-0")).as("seed %d", seed).matches(LABEL);
        }
    }

    @Test
    void keysFollowFromSourceAndVmAlone() {
        String key = StableKey.of(new VmRef("vc", "vm-42", "web01"));
        assertThat(key).matches("v-[0-9a-f]{10}").isEqualTo(StableKey.of(new VmRef("vc", "vm-42", "renamed")));
        assertThat(key).isNotEqualTo(StableKey.of(new VmRef("vc2", "vm-42", "web01")));
        // Published in reports and used in step names: it must never change.
        assertThat(StableKey.of(new VmRef("sample", "web01", "web01"))).isEqualTo("v-32e3d645ae");
    }
}
