package io.vmferry.cli.assist;

import io.vmferry.spi.error.IoFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is decided about an import so far, by flags or at the keyboard. Saved at every answer, so that the import can be left at
 * any question and goes on there.
 */
public final class Answers {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path file;
    private final TreeMap<String, String> values;

    private Answers(Path file, TreeMap<String, String> values) {
        this.file = file;
        this.values = values;
    }

    /** @param folder the import's own; made if need be */
    public static Answers open(Path folder) {
        Path file = folder.resolve("answers.json");
        try {
            Files.createDirectories(folder);
            TreeMap<String, String> values = Files.exists(file)
                    ? JSON.readValue(Files.readString(file), new TypeReference<TreeMap<String, String>>() {})
                    : new TreeMap<>();
            return new Answers(file, values);
        } catch (IOException e) {
            throw IoFailure.writing(file.toString(), e);
        }
    }

    public Optional<String> get(String question) {
        return Optional.ofNullable(values.get(question));
    }

    /** Questions that begin so, with what follows the beginning as key. */
    public Map<String, String> under(String beginning) {
        Map<String, String> found = new TreeMap<>();
        values.forEach((question, answer) -> {
            if (question.startsWith(beginning)) {
                found.put(question.substring(beginning.length()), answer);
            }
        });
        return found;
    }

    public void put(String question, String answer) {
        values.put(question, answer);
        try {
            Path part = file.resolveSibling(".answers.json.part");
            Files.writeString(part, JSON.writeValueAsString(values));
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw IoFailure.writing(file.toString(), e);
        }
    }
}
