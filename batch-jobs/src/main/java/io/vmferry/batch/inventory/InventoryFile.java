package io.vmferry.batch.inventory;

import io.vmferry.batch.BatchError;
import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.error.VmferryException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An inventory as a file of JSON lines, so that neither writing nor reading tens of thousands of VMs holds them as one text:
 * first what the file is, then each source, followed by its VMs. Gets its name only when it is whole.
 */
public final class InventoryFile {
    private static final String SCHEMA = "vmferry.io/inventory/v1";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private InventoryFile() {}

    /** @param taken when the sources were asked */
    record Head(String schema, String vmferryVersion, Instant taken) {}

    /** One line behind the head; exactly one of both is there. */
    record Line(@Nullable SavedSource source, @Nullable InventoryItem item) {}

    /** Writes line by line; without {@link #commit} nothing is left. */
    public static final class Writer implements AutoCloseable {
        private final Path file;
        private final Path part;
        private final BufferedWriter out;

        public Writer(Path file, String version, Instant taken) {
            this.file = file.toAbsolutePath();
            this.part = this.file.resolveSibling("." + this.file.getFileName() + ".part");
            try {
                Path folder = this.file.getParent();
                if (folder != null) {
                    Files.createDirectories(folder);
                }
                out = Files.newBufferedWriter(part, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw IoFailure.writing(part.toString(), e);
            }
            line(new Head(SCHEMA, version, taken));
        }

        public void source(SavedSource source) {
            line(new Line(source, null));
        }

        public void item(InventoryItem item) {
            line(new Line(null, item));
        }

        private void line(Object line) {
            try {
                out.write(JSON.writeValueAsString(line));
                out.write('\n');
            } catch (IOException e) {
                throw IoFailure.writing(part.toString(), e);
            }
        }

        public void commit() {
            try {
                out.close();
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw IoFailure.writing(file.toString(), e);
            }
        }

        @Override
        public void close() {
            try {
                out.close();
                Files.deleteIfExists(part);
            } catch (IOException e) {
                throw IoFailure.writing(part.toString(), e);
            }
        }
    }

    /** The saved sources by name, in the file's order. */
    public static Map<String, OfflineSource> read(Path file) {
        Map<String, OfflineSource> sources = new LinkedHashMap<>();
        int number = 1;
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            requireHead(file, in.readLine());
            @Nullable SavedSource source = null;
            List<InventoryItem> items = new ArrayList<>();
            String text;
            while ((text = in.readLine()) != null) {
                number++;
                Line line = JSON.readValue(text, Line.class);
                if (line.source() != null) {
                    keep(sources, source, items);
                    source = line.source();
                    items = new ArrayList<>();
                } else if (line.item() != null && source != null) {
                    items.add(line.item());
                } else {
                    throw unreadable(file, number, "it is neither a source nor a VM of one", null);
                }
            }
            keep(sources, source, items);
            return sources;
        } catch (JacksonException e) {
            throw unreadable(file, number, e.getOriginalMessage(), e);
        } catch (IOException | UncheckedIOException e) {
            throw IoFailure.reading(file.toString(), e instanceof IOException io ? io : new IOException(e));
        }
    }

    private static void keep(
            Map<String, OfflineSource> sources, @Nullable SavedSource source, List<InventoryItem> items) {
        if (source != null) {
            sources.put(source.name(), new OfflineSource(source, items));
        }
    }

    private static void requireHead(Path file, @Nullable String text) {
        JsonNode head;
        try {
            head = JSON.readTree(text == null ? "null" : text);
        } catch (JacksonException e) {
            throw unreadable(file, 1, "it is no JSON", e);
        }
        if (!head.path("schema").asString("").equals(SCHEMA)) {
            throw unreadable(file, 1, "it does not begin with schema " + SCHEMA, null);
        }
    }

    private static VmferryException unreadable(Path file, int line, String why, @Nullable Throwable cause) {
        return new VmferryException(
                BatchError.INVENTORY_UNREADABLE,
                file + " line " + line,
                "this is not an inventory that this vmferry can read (" + why + ")",
                "Make a new one with 'vmferry inventory --save'.",
                cause);
    }
}
