package io.vmferry.rules.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every file {@code bad/*.yaml} with what is wrong with it in the {@code .txt} beside it. To write the expectations anew, run
 * with {@code -Dvmferry.golden.write=true} and read the difference.
 */
class BadYamlTest {
    private static final Path FOLDER = Path.of("src/test/resources/bad");

    @TestFactory
    List<DynamicTest> everyErrorIsReportedWhereItIs() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                tests.add(DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
            }
        }
        assertThat(tests).hasSizeGreaterThan(30);
        return tests;
    }

    private static void check(Path file) throws IOException {
        String name = file.getFileName().toString();
        byte[] bytes = Files.readAllBytes(file);
        boolean rules = name.startsWith("rules-");
        InvalidFileException invalid = catchThrowableOfType(InvalidFileException.class, () -> {
            if (rules) {
                RulesLoader.parse(name, bytes);
            } else {
                MigrationLoader.parse(name, bytes, Path.of("/base"));
            }
        });
        assertThat(invalid).as("%s is refused", name).isNotNull();
        String actual = invalid.problems().stream()
                .map(problem -> problem.line() + ":" + problem.column() + " " + problem.code() + "\n  "
                        + problem.sentence() + "\n  -> " + problem.remedy() + "\n")
                .collect(Collectors.joining());
        Path golden = FOLDER.resolve(name.replace(".yaml", ".txt"));
        if (Boolean.getBoolean("vmferry.golden.write")) {
            Files.writeString(golden, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(golden, StandardCharsets.UTF_8));
    }
}
