package io.vmferry.rules.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schemas and the reader agree: on every good file, and on every bad one that is well-formed YAML. */
class SchemaTest {
    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final Path DOCS = Path.of("../docs/schema");
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    /** Wrong in ways that no schema can say, or that YAML tools never see. */
    private static final Set<String> BEYOND_A_SCHEMA = Set.of(
            // duplicates and order
            "rules-duplicate-names.yaml",
            "rules-default-not-last.yaml",
            // the parser of the schema's tool expands or drops these
            "anchor-alias.yaml",
            "tags.yaml",
            "two-documents.yaml",
            "duplicate-keys.yaml",
            "merge-key.yaml",
            "complex-key.yaml",
            "cut-utf8.yaml",
            // patterns that are expensive, not wrong
            "rules-bad-regex.yaml");

    static Stream<Path> good() throws IOException {
        return Stream.concat(yaml(RESOURCES.resolve("good")), yaml(Path.of("../examples")));
    }

    static Stream<Path> bad() throws IOException {
        return yaml(RESOURCES.resolve("bad")).filter(path -> !BEYOND_A_SCHEMA.contains(name(path)));
    }

    @ParameterizedTest
    @MethodSource
    void good(Path file) throws IOException {
        boolean rules = isRules(file);
        assertThat(validate(file)).isEmpty();
        if (rules) {
            assertThat(RulesLoader.load(file)).isNotNull();
        } else {
            assertThat(MigrationLoader.load(file)).isNotNull();
        }
    }

    @ParameterizedTest
    @MethodSource
    void bad(Path file) {
        assertThat(refused(file)).as("%s against the schema", file).isTrue();
    }

    @Test
    void theDocumentationHasTheSchemasThatAreShipped() throws IOException {
        for (String name : List.of("migration.v1.schema.json", "mapping-rules.v1.schema.json")) {
            assertThat(Files.readString(DOCS.resolve(name)))
                    .isEqualTo(Files.readString(Path.of("src/main/resources/io/vmferry/rules/schema", name)));
        }
    }

    /** A file that is no YAML is refused by the tool's parser. */
    private static boolean refused(Path file) {
        try {
            return !validate(file).isEmpty();
        } catch (IOException | RuntimeException e) {
            return true;
        }
    }

    private static List<Error> validate(Path file) throws IOException {
        String schema = isRules(file) ? "mapping-rules" : "migration";
        Schema compiled = REGISTRY.getSchema(
                SchemaLocation.of("classpath:io/vmferry/rules/schema/" + schema + ".v1.schema.json"));
        return compiled.validate(Files.readString(file), InputFormat.YAML);
    }

    private static boolean isRules(Path file) {
        return name(file).startsWith("rules");
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static Stream<Path> yaml(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }
}
