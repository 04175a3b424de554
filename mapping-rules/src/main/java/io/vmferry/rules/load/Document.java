package io.vmferry.rules.load;

import io.vmferry.rules.error.RulesError;
import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.error.VmferryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiFunction;

/**
 * The envelope that both kinds share: {@code apiVersion}, {@code kind}, {@code metadata.name}, {@code spec}.
 */
final class Document {
    static final String API_VERSION = "vmferry.io/v1";
    static final String MIGRATION = "Migration";
    static final String MAPPING_RULES = "MappingRules";

    private Document() {}

    /** @throws VmferryException when the file cannot be read */
    static byte[] bytes(Path file) {
        if (Files.isDirectory(file)) {
            throw new VmferryException(
                    RulesError.CONFIG_WRONG_KIND,
                    file.toString(),
                    "it is a folder, a YAML file is expected",
                    "Name the file in it.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(YamlReader.MOST_BYTES + 1);
        } catch (IOException e) {
            throw IoFailure.reading(file.toString(), e);
        }
    }

    /**
     * @param file as the user named it
     * @param spec reads {@code spec}, given {@code metadata.name}
     * @throws InvalidFileException with every problem of the file
     */
    static <T> T read(String file, byte[] bytes, String kind, BiFunction<String, Fields, T> spec) {
        Problems problems = new Problems(file);
        YamlNode document = YamlReader.read(bytes, problems);
        if (problems.has(RulesError.YAML_UNSUPPORTED)) {
            // What an alias or a tag stood for is not there, so anything said about it would mislead.
            problems.throwIfAny();
        }
        Fields root = new Fields(document, "", problems);
        if (!root.isReadable()) {
            problems.throwIfAny();
        }
        header(root, kind, problems);
        String name = "";
        root.require("metadata", ", which names the " + kind);
        Fields metadata = root.fields("metadata").orElse(null);
        if (metadata != null) {
            metadata.require("name", "");
            name = metadata.value("name", "metadata.name", Values.NAME, Values::name)
                    .orElse("");
            metadata.end();
        }
        root.require("spec", "");
        Fields body = root.fields("spec").orElse(null);
        T value = body == null ? null : spec.apply(name, body);
        root.end();
        problems.throwIfAny();
        if (value == null) {
            throw new IllegalStateException("no spec and no problem");
        }
        return value;
    }

    private static void header(Fields root, String kind, Problems problems) {
        root.require("apiVersion", " (" + API_VERSION + ")");
        root.require("kind", " (" + kind + ")");
        root.text("apiVersion").filter(found -> !found.equals(API_VERSION)).ifPresent(found -> {
            throw problems.fatal(
                    RulesError.CONFIG_WRONG_KIND,
                    root.valueAt("apiVersion"),
                    "apiVersion is '" + found + "', this vmferry reads " + API_VERSION,
                    "Write 'apiVersion: " + API_VERSION + "', or use the vmferry that the file was written for.");
        });
        root.text("kind").filter(found -> !found.equals(kind)).ifPresent(found -> {
            throw problems.fatal(
                    RulesError.CONFIG_WRONG_KIND,
                    root.valueAt("kind"),
                    "kind is '" + found + "', a " + kind + " is expected here",
                    other(kind, found));
        });
    }

    private static String other(String kind, String found) {
        if (kind.equals(MIGRATION) && found.equals(MAPPING_RULES)) {
            return "Give the migration file with -f; it names the rules under spec.rules.";
        }
        if (kind.equals(MAPPING_RULES) && found.equals(MIGRATION)) {
            return "Name a file of kind MappingRules under spec.rules.";
        }
        return "Write 'kind: " + kind + "'.";
    }
}
