package io.vmferry.vmware.files;

import static io.vmferry.vmware.files.Fixtures.Part;
import static io.vmferry.vmware.files.Fixtures.manifest;
import static io.vmferry.vmware.files.Fixtures.noise;
import static io.vmferry.vmware.files.Fixtures.ovf;
import static io.vmferry.vmware.files.Fixtures.sample;

import io.vmferry.spi.source.SourceConfig;
import io.vmferry.spi.source.SourceConnector;
import io.vmferry.spi.testing.SourceSessionContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every source, held by a folder with a package of each kind. */
class FilesSessionTest extends SourceSessionContract {
    @TempDir
    Path folder;

    @BeforeEach
    void makePackages() throws IOException {
        Part a = new Part("web01-disk1.vmdk", noise(300_000, 1));
        Part b = new Part("web01-disk2.vmdk", noise(5, 2));
        Part web = Part.of("web01.ovf", sample("web01", a, b));
        Fixtures.tar(folder.resolve("web01.ova"), web, manifest("web01.mf", "SHA-1", web, a, b), a, b);

        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(noise(70_000, 3));
        }
        Part gz = new Part("app.vmdk.gz", packed.toByteArray());
        Part app = Part.of(
                "app.ovf",
                sample("app 应用", gz).replace("ovf:id=\"file1\"", "ovf:id=\"file1\" ovf:compression=\"gzip\""));
        Fixtures.write(folder.resolve("app"), app, gz, manifest("app.mf", "SHA-512", app, gz));

        Fixtures.write(
                folder.resolve("legacy"),
                Part.of("legacy.ovf", ovf("legacy-bios.ovf")),
                new Part("legacy-disk1.vmdk", noise(9_000, 4)),
                new Part("legacy-disk2.vmdk", noise(8_000, 5)));

        Fixtures.write(
                folder.resolve("db"),
                Part.of("db.vmx", VmxText.db()),
                Part.of("db.vmdk", VmxText.flatDescriptor("db-flat.vmdk", 2048)),
                new Part("db-flat.vmdk", noise(2048 * 512, 6)));

        Fixtures.write(
                folder.resolve("bare"),
                Part.of("alone.vmdk", VmxText.flatDescriptor("alone-flat.vmdk", 16)),
                new Part("alone-flat.vmdk", noise(16 * 512, 7)));
    }

    @Override
    protected SourceConnector connector() {
        return ServiceLoader.load(SourceConnector.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(c -> c.type().equals("files"))
                .findFirst()
                .orElseThrow();
    }

    @Override
    protected SourceConfig config() {
        return Fixtures.config(folder, ".");
    }

    @Override
    protected List<String> vmNames() {
        return List.of("web01", "app 应用", "legacy", "db server", "alone");
    }

    @Override
    protected Object traceOfWrites() {
        TreeMap<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                String content = Files.isDirectory(file) ? "" : Fixtures.hex("SHA-256", Files.readAllBytes(file));
                all.put(file.toString(), Files.getLastModifiedTime(file) + " " + content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    @Test
    void everythingUsesThePathAsItsKey() {
        try (var session = connector().open(config())) {
            Assertions.assertThat(Fixtures.refs(session))
                    .extracting(r -> r.key())
                    .containsExactly("app/app.ovf", "bare/alone.vmdk", "db/db.vmx", "legacy/legacy.ovf", "web01.ova");
        }
    }
}
