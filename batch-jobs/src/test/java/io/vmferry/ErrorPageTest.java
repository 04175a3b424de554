package io.vmferry;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.spi.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code docs/errors.md} to the enums: each constant of an {@link ErrorCode} with the first sentence of its Javadoc.
 * {@code -Dvmferry.write-docs=true} writes the page anew.
 */
class ErrorPageTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().resolveSibling("");
    private static final Path PAGE = ROOT.resolve("docs/errors.md");
    private static final Pattern CONSTANT =
            Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*([A-Z][A-Z0-9_]+)\\s*[(,;]", Pattern.DOTALL);

    @Test
    void pageListsEveryCode() throws IOException, ReflectiveOperationException {
        String page = render();
        if (Boolean.getBoolean("vmferry.write-docs")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/errors.md is out of date; write it anew with -Dvmferry.write-docs=true")
                .isEqualTo(page);
    }

    private static String render() throws IOException, ReflectiveOperationException {
        StringBuilder page = new StringBuilder("""
                # Error codes

                Every failure names a code, what it is about, why, and what to do. Codes are stable: scripts may rely on them. The
                category decides the exit code: CANCELLED 130, INTERNAL 1, all others 2. In a run of several VMs a failure marks its
                VM as failed, and the run ends with 1.

                | code | category | meaning |
                | --- | --- | --- |
                """);
        List<String> rows = new ArrayList<>();
        for (Path source : sources()) {
            String text = Files.readString(source);
            Matcher type = Pattern.compile("enum (\\w+)[^{]*\\bErrorCode\\b").matcher(text);
            if (!type.find()) {
                continue;
            }
            Matcher packageName = Pattern.compile("package ([\\w.]+);").matcher(text);
            assertThat(packageName.find()).isTrue();
            Class<?> loaded = Class.forName(packageName.group(1) + "." + type.group(1));
            List<String> found = new ArrayList<>();
            Matcher constant = CONSTANT.matcher(text.substring(type.start()));
            while (constant.find()) {
                String meaning =
                        constant.group(1).replaceAll("\\s*\\*\\s*", " ").strip();
                found.add(constant.group(2));
                ErrorCode code = Stream.of(loaded.getEnumConstants())
                        .map(ErrorCode.class::cast)
                        .filter(c -> c.name().equals(constant.group(2)))
                        .findFirst()
                        .orElseThrow();
                rows.add("| `" + code.name() + "` | " + code.category() + (code.retryable() ? ", retried" : "") + " | "
                        + plain(meaning) + " |\n");
            }
            assertThat(found)
                    .as("every constant of " + loaded.getSimpleName() + " has a Javadoc comment")
                    .containsExactlyElementsOf(Stream.of(loaded.getEnumConstants())
                            .map(c -> ((ErrorCode) c).name())
                            .toList());
        }
        assertThat(rows).hasSizeGreaterThan(30).doesNotHaveDuplicates();
        rows.stream().sorted().forEach(page::append);
        return page.toString();
    }

    private static String plain(String javadoc) {
        return javadoc.replaceAll("\\{@(?:code|link|value) ([^}]*)}", "`$1`")
                .replace("&lt;", "<")
                .replace("|", "\\|");
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith("Error.java")
                            || file.toString().endsWith("Errors.java"))
                    .filter(file -> file.toString().contains("src/main/java"))
                    .sorted()
                    .toList();
        }
    }
}
