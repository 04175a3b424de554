package io.vmferry.kubevirt.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.dataformat.yaml.YAMLMapper;

class YamlTextTest {
    /** Each is something else than a string to some reader of YAML 1.1 or 1.2, or would end or open a structure. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "yes",
                "No",
                "ON",
                "off",
                "y",
                "N",
                "true",
                "False",
                "null",
                "NULL",
                "~",
                "1",
                "-1",
                "+1",
                "0",
                "007",
                "0o7",
                "0x1F",
                "0b1",
                "1_000",
                "1.5",
                ".5",
                "1e3",
                "6.02E23",
                ".inf",
                "-.INF",
                ".NaN",
                "12:30:45",
                "190:20:30",
                "1:1",
                "00:50:56:aa:bb:01",
                "2001-12-14",
                "2001-12-14t21:59:43Z",
                "=",
                "<<",
                "-",
                "- a",
                "?",
                "? a",
                ":",
                ": a",
                "a: b",
                "a:",
                "# a",
                "a # b",
                "[a]",
                "{a: b}",
                "a, b",
                "&a",
                "*a",
                "!a",
                "!!str a",
                "|",
                ">",
                "'",
                "\"",
                "%YAML 1.2",
                "@a",
                "`a`",
                "---",
                "...",
                " a",
                "a ",
                "a  b",
                "a\nb",
                "a\r\nb",
                "\n",
                "\t",
                "a\tb",
                "line\u2028sep",
                "nel\u0085",
                "bell\u0007",
                "nul\u0000",
                "\ufeffbom",
                "\ufffe",
                "日本語",
                "emoji 🚢",
                "\\n",
                "${x}",
                "{{ x }}",
                "web01\nspec:\n  runStrategy: Always",
                "x\"\n  injected: true\n#",
                "6000c29a0b1c2d3e",
                "123e4567"
            })
    void hostileTextComesBackAsTheSameText(String text) {
        String yaml = YamlText.of(Map.of("value", text));
        assertThat(parsed(yaml)).isEqualTo(Map.of("value", text));
        assertThat(new YAMLMapper().readValue(yaml, Object.class)).isEqualTo(Map.of("value", text));
        assertThat(yaml.lines()).as("one line: " + yaml).hasSize(1);
        assertThat(YamlText.plain(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "virtio",
                "Hard disk 1",
                "4096Mi",
                "8Gi",
                "42173d21-7b1e-2b9a-8c11-0123456789ab",
                "Asia/Shanghai",
                "kubevirt.io/v1",
                "ReadWriteOnce",
                "Ubuntu Linux (64-bit)",
                "disk0.vmdk",
                "VMware-42_17"
            })
    void plainWordsStayPlain(String text) {
        assertThat(YamlText.of(Map.of("value", text))).isEqualTo("value: " + text + "\n");
        assertThat(parsed(YamlText.of(Map.of("value", text)))).isEqualTo(Map.of("value", text));
    }

    @Test
    void hostileKeysAreQuotedToo() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("yes", "a");
        document.put("a: b", "c");
        document.put("k".repeat(300), "long");
        String yaml = YamlText.of(document);
        assertThat(parsed(yaml)).isEqualTo(document);
        assertThat(yaml).doesNotContain("? ").startsWith("\"yes\": a\n");
    }

    @Test
    void halfASurrogatePairBecomesTheReplacementCharacter() {
        assertThat(parsed(YamlText.of(Map.of("value", "a\ud83db")))).isEqualTo(Map.of("value", "a\ufffdb"));
    }

    @Test
    void nothingIsAnchoredTaggedOrFolded() {
        Map<String, String> same = Map.of("x", "1");
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("a", same);
        document.put("b", same);
        document.put("c", Map.of());
        document.put("d", Map.of());
        document.put("long", "word ".repeat(500).strip());
        document.put("list", List.of(Map.of("n", 1), Map.of("flag", true)));
        String yaml = YamlText.of(document);
        assertThat(yaml).doesNotContain("&").doesNotContain("*").doesNotContain("!!");
        assertThat(yaml.lines().filter(line -> line.startsWith("long: "))).hasSize(1);
        assertThat(parsed(yaml)).isEqualTo(document);
    }

    @Test
    void anyTextComesBack() {
        long seed = 20261124;
        RandomGenerator random = new SplittableRandom(seed);
        for (int round = 0; round < 2000; round++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(12);
            for (int i = 0; i < length; i++) {
                int c = random.nextBoolean() ? random.nextInt(0x20, 0x7f) : random.nextInt(0x10000);
                text.appendCodePoint(c >= 0xd800 && c < 0xe000 ? 0x1f6a2 : c);
            }
            Map<String, String> document = Map.of("value", text.toString());
            assertThat(parsed(YamlText.of(document)))
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(document);
        }
    }

    private static Object parsed(String yaml) {
        return new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }
}
