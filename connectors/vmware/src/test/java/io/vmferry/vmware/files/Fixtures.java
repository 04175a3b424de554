package io.vmferry.vmware.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vmferry.spi.config.Settings;
import io.vmferry.spi.error.ErrorCode;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.model.Notice;
import io.vmferry.spi.model.Vm;
import io.vmferry.spi.model.VmRef;
import io.vmferry.spi.source.SourceConfig;
import io.vmferry.spi.source.SourceSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Packages made by hand, and what tests ask of them. */
public final class Fixtures {
    private Fixtures() {}

    /** A member of an archive. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Part(String name, byte[] content) {
        public static Part of(String name, String text) {
            return new Part(name, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    public static byte[] noise(int length, long seed) {
        byte[] bytes = new byte[length];
        RandomGeneratorFactory.of("L64X128MixRandom").create(seed).nextBytes(bytes);
        return bytes;
    }

    /** A descriptor of {@code src/test/resources/ovf}. */
    public static String ovf(String name) {
        try (InputStream in = Fixtures.class.getResourceAsStream("/ovf/" + name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A descriptor for one VM with disks of the given names and lengths, 1 GiB each. */
    public static String sample(String vm, Part... disks) {
        return new SampleOvf(
                        vm,
                        Arrays.stream(disks)
                                .map(d -> new SampleOvf.SampleDisk(
                                        d.name(), d.content().length, 1L << 30, d.content().length))
                                .toList(),
                        List.of(new SampleOvf.Card("VM Network", "00:50:56:01:02:03")))
                .text();
    }

    public static Part manifest(String name, String algorithm, Part... parts) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            text.append(algorithm.replace("-", ""))
                    .append("(")
                    .append(part.name())
                    .append(")= ")
                    .append(hex(algorithm, part.content()))
                    .append("\n");
        }
        return Part.of(name, text.toString());
    }

    public static String hex(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    public static Path tar(Path file, Part... parts) {
        try (OutputStream out = Files.newOutputStream(file);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Part part : parts) {
                // preserveAbsolutePath: a hostile archive has such names.
                TarArchiveEntry entry = new TarArchiveEntry(part.name(), true);
                entry.setSize(part.content().length);
                tar.putArchiveEntry(entry);
                tar.write(part.content());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return file;
    }

    public static void write(Path folder, Part... parts) {
        try {
            Files.createDirectories(folder);
            for (Part part : parts) {
                Files.write(folder.resolve(part.name()), part.content());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public static SourceConfig config(Path base, String... paths) {
        return new SourceConfig("exports", "files", new Settings(Map.of("paths", List.of(paths)), base));
    }

    public static SourceSession open(Path base, String... paths) {
        return new FilesConnector().open(config(base, paths));
    }

    public static List<VmRef> refs(SourceSession session) {
        try (Stream<VmRef> refs = session.list()) {
            return refs.toList();
        }
    }

    /** The only VM behind these paths. */
    public static Vm single(Path base, String... paths) {
        try (SourceSession session = open(base, paths)) {
            List<VmRef> refs = refs(session);
            assertThat(refs).hasSize(1);
            return session.describe(refs.get(0));
        }
    }

    public static List<String> codes(Vm vm) {
        return vm.notices().stream().map(Notice::code).toList();
    }

    /** Fails unless the call throws that code with subject, reason and remedy. */
    public static VmferryException failing(ErrorCode code, ThrowingCallable call) {
        VmferryException e = catchThrowableOfType(VmferryException.class, call);
        assertThat(e).as("expected %s", code).isNotNull();
        assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
        assertThat(e.subject()).isNotBlank();
        assertThat(e.reason()).isNotBlank();
        assertThat(e.remedy()).isNotBlank();
        return e;
    }
}
