package io.vmferry.kubevirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Texts that are compared whole with a recorded one. To write them anew after a wanted change, run with {@code
 * -Dvmferry.golden=write} and look at the difference.
 */
public final class GoldenFile {
    private GoldenFile() {}

    /** @param test beside which the file lies among the resources */
    public static void compare(Class<?> test, String name, String actual) throws IOException {
        if ("write".equals(System.getProperty("vmferry.golden"))) {
            Path file = Path.of("src/test/resources", test.getPackageName().replace('.', '/'), name);
            Files.createDirectories(
                    Path.of("src/test/resources", test.getPackageName().replace('.', '/')));
            Files.writeString(file, actual);
            return;
        }
        try (InputStream expected = test.getResourceAsStream(name)) {
            assertThat(expected).as("golden file " + name).isNotNull();
            assertThat(actual).isEqualTo(new String(expected.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
