package io.vmferry.vmware.files;

import io.vmferry.spi.error.IoFailure;
import io.vmferry.vmware.files.manifest.Manifest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes an OVA as vCenter does: a ustar archive with the descriptor first, then the manifest (SHA-256), then the disks. The
 * same content gives the same archive, byte for byte.
 */
public final class OvaWriter {
    /** A year like any other, so that archives do not depend on when they were made. */
    private static final Instant WRITTEN = Instant.parse("2024-01-01T00:00:00Z");

    private static final int BUFFER = 1 << 20;

    /**
     * A file to be packed.
     *
     * @param name in the archive, as the descriptor's {@code href}
     */
    public record Member(String name, Path file) {}

    private OvaWriter() {}

    /**
     * Writes an archive.
     *
     * @param target the archive; written beside it first and then moved into place, replacing what was there
     * @param name of the descriptor and the manifest, without suffix
     * @param ovf the descriptor
     * @param members in the order of the archive; each is read twice, once for the manifest
     */
    public static void write(Path target, String name, String ovf, List<Member> members) {
        Path partial = target.resolveSibling(target.getFileName() + ".partial");
        try {
            try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(partial), BUFFER);
                    TarArchiveOutputStream tar = new TarArchiveOutputStream(file, "UTF-8")) {
                tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
                tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
                byte[] descriptor = ovf.getBytes(StandardCharsets.UTF_8);
                put(tar, name + ".ovf", descriptor);
                put(tar, name + ".mf", manifest(name + ".ovf", descriptor, members));
                for (Member member : members) {
                    open(tar, member.name(), Files.size(member.file()));
                    Files.copy(member.file(), tar);
                    tar.closeArchiveEntry();
                }
            }
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw IoFailure.writing(target.toString(), e);
        }
    }

    private static byte[] manifest(String ovfName, byte[] ovf, List<Member> members) throws IOException {
        StringBuilder lines = new StringBuilder();
        MessageDigest digest = new Manifest.Promise("", "", "SHA-256", "").digest();
        line(lines, ovfName, digest.digest(ovf));
        byte[] buffer = new byte[BUFFER];
        for (Member member : members) {
            try (InputStream in = Files.newInputStream(member.file())) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    digest.update(buffer, 0, n);
                }
            }
            line(lines, member.name(), digest.digest());
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void line(StringBuilder lines, String name, byte[] digest) {
        lines.append("SHA256(")
                .append(name)
                .append(")= ")
                .append(HexFormat.of().formatHex(digest))
                .append('\n');
    }

    private static void put(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        open(tar, name, content.length);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static void open(TarArchiveOutputStream tar, String name, long size) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        entry.setModTime(Date.from(WRITTEN));
        entry.setMode(0100644);
        tar.putArchiveEntry(entry);
    }
}
