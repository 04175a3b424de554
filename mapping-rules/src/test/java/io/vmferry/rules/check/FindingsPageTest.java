package io.vmferry.rules.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/findings.md} lists exactly what planning can find. {@code -Dvmferry.golden.write=true} writes it anew. */
class FindingsPageTest {
    private static final Path PAGE = Path.of("../docs/findings.md");
    private static final String BEGIN = "<!-- begin: written by FindingsPageTest -->\n";
    private static final String END = "<!-- end -->\n";

    @Test
    void thePageIsTheCatalogue() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        String expected = table();
        if (Boolean.getBoolean("vmferry.golden.write")) {
            Files.writeString(PAGE, page.substring(0, begin) + expected + page.substring(end));
            return;
        }
        assertThat(page.substring(begin, end)).isEqualTo(expected);
    }

    @Test
    void codesAreStableWords() {
        assertThat(PlanFinding.values())
                .extracting(PlanFinding::code)
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("[a-z]+\\.[a-z0-9]+(-[a-z0-9]+)*"));
        assertThat(PlanFinding.values()).allSatisfy(finding -> {
            assertThat(finding.meaning()).endsWith(".");
            assertThat(finding.remedy()).matches("|.*[.]");
        });
    }

    private static String table() {
        return "| code | severity | meaning | what to do |\n| --- | --- | --- | --- |\n"
                + Arrays.stream(PlanFinding.values())
                        .map(finding -> "| `" + finding.code() + "` | "
                                + finding.severity().name().toLowerCase(Locale.ROOT) + " | " + finding.meaning()
                                + " | " + code(finding.remedy()) + " |\n")
                        .collect(Collectors.joining());
    }

    /** Markdown would take {@code <...>} and {@code *} for its own. */
    private static String code(String text) {
        return text.replace("|", "\\|");
    }
}
