package io.vmferry.reports.html;

import gg.jte.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The style sheet, put together from its parts and stripped of indentation, once. */
final class StyleSheet {
    static final Content CONTENT = content();

    private StyleSheet() {}

    private static Content content() {
        String css = List.of("base.css", "parts.css", "vms.css", "media.css").stream()
                .flatMap(name -> text(name).lines())
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
        return output -> output.writeContent(css);
    }

    private static String text(String name) {
        String path = "/io/vmferry/reports/html/" + name;
        try (InputStream in = StyleSheet.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is missing from the module");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
