package io.vmferry.kubevirt.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxTest {
    @Test
    void dnsLabels() {
        assertThat(DnsLabel.is("a")).isTrue();
        assertThat(DnsLabel.is("web-01")).isTrue();
        assertThat(DnsLabel.is("a".repeat(63))).isTrue();
        assertThat(DnsLabel.isSubdomain("a.b-c.d")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a-", "A", "a_b", "a.b", "..", "../x", "a/b", "a b", "a\n", "é"})
    void noDnsLabels(String name) {
        assertThat(DnsLabel.is(name)).isFalse();
    }

    @Test
    void lengthsAreLimited() {
        assertThat(DnsLabel.is("a".repeat(64))).isFalse();
        assertThat(DnsLabel.isSubdomain("a.".repeat(126) + "bb")).isFalse();
        assertThat(DnsLabel.isSubdomain("a..b")).isFalse();
        assertThat(LabelSyntax.isValue("a".repeat(64))).isFalse();
        assertThat(LabelSyntax.isKey("x/" + "a".repeat(64))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"app, true", "example.com/app, true", "a/b/c, false", "/app, false", "app/, false", "Ex.com/app, false"
    })
    void labelKeys(String key, boolean admitted) {
        assertThat(LabelSyntax.isKey(key)).isEqualTo(admitted);
    }

    @Test
    void anyTextBecomesALabelValueOfItsOwn() {
        assertThat(LabelSyntax.value("first-light")).isEqualTo("first-light");
        assertThat(LabelSyntax.value("first light"))
                .startsWith("first-light-")
                .isNotEqualTo(LabelSyntax.value("first/light"));
        long seed = 42;
        RandomGenerator random = new SplittableRandom(seed);
        for (int round = 0; round < 1000; round++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(1, 100), 1, 0x3000).forEach(text::appendCodePoint);
            assertThat(LabelSyntax.isValue(LabelSyntax.value(text.toString())))
                    .as("seed %d round %d", seed, round)
                    .isTrue();
        }
    }

    @Test
    void serialsInAdmittedCharacters() {
        assertThat(FirmwareSerial.admitted("VMware-42 17 3d 21-8c 11")).isEqualTo("VMware-42-17-3d-21-8c-11");
        assertThat(FirmwareSerial.admitted(" ÄÖ ")).isEqualTo("-");
        assertThat(FirmwareSerial.admitted("x".repeat(300))).hasSize(256);
        assertThat(FirmwareSerial.admitted("already_ok.1+2")).isEqualTo("already_ok.1+2");
    }
}
