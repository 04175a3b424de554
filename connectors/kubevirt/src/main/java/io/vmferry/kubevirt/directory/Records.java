package io.vmferry.kubevirt.directory;

import io.vmferry.kubevirt.TargetError;
import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.error.VmferryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes the small JSON files in which the folder remembers what it holds. */
final class Records {
    /** More than any of them has; a file somebody else put there is not read whole into memory. */
    private static final long LONGEST = 4 << 20;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Records() {}

    static void write(Path file, Object record) {
        AtomicFile.write(file, JSON.writeValueAsString(record) + "\n");
    }

    /**
     * @param schema that the record has to name
     * @return empty when there is no such file
     */
    static <T extends Stamped> Optional<T> read(Path file, Class<T> type, String schema) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LONGEST) {
                throw broken(file, "it is not a record of vmferry", null);
            }
            T record = JSON.readValue(Files.readAllBytes(file), type);
            if (record == null || !schema.equals(record.schema())) {
                throw broken(file, "it is not a record of the kind " + schema, null);
            }
            return Optional.of(record);
        } catch (IOException e) {
            throw IoFailure.reading(file.toString(), e);
        } catch (JacksonException e) {
            throw broken(file, "it is damaged or was made by something else", e);
        }
    }

    private static VmferryException broken(Path file, String reason, @Nullable Exception cause) {
        return new VmferryException(
                TargetError.TARGET_RECORD_BROKEN,
                file.toString(),
                reason,
                "Move the folder it lies in elsewhere, or choose another target folder, then run the same command again.",
                cause);
    }

    /** Something that names its own schema. */
    interface Stamped {
        String schema();
    }
}
