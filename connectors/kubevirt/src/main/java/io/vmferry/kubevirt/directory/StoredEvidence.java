package io.vmferry.kubevirt.directory;

import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.ContentDigest;
import io.vmferry.spi.plan.DiskPlan;
import io.vmferry.spi.target.DiskEvidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Evidence as it lies beside a finished disk.
 *
 * @param file name of the disk file
 * @param length of the file, bytes
 * @param modified time at which the file was written last
 * @param bytesWritten what the writer counts: less than the length where the file has holes
 */
record StoredEvidence(
        String schema,
        String file,
        long length,
        String modified,
        String sourceVersion,
        long virtualSize,
        String format,
        @Nullable BlockEncoding encoding,
        long bytesWritten,
        ContentDigest digest)
        implements Records.Stamped {
    static final String SCHEMA = "vmferry.io/disk-evidence/v1";

    StoredEvidence {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(modified, "modified");
        Objects.requireNonNull(sourceVersion, "sourceVersion");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(digest, "digest");
    }

    static StoredEvidence of(DiskEvidence evidence, String file, long length, Instant modified) {
        return new StoredEvidence(
                SCHEMA,
                file,
                length,
                modified.toString(),
                evidence.sourceVersion(),
                evidence.virtualSize(),
                evidence.format(),
                evidence.encoding(),
                evidence.bytesWritten(),
                evidence.digest());
    }

    DiskEvidence evidence() {
        return new DiskEvidence(sourceVersion, virtualSize, format, encoding, bytesWritten, digest);
    }

    /** Whether a file is still the one that was committed, as far as its length and time tell. */
    boolean describes(Path path) throws IOException {
        BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return found.isRegularFile()
                && found.size() == length
                && sameTime(found.lastModifiedTime().toInstant());
    }

    /** Archives keep whole seconds only; a time without a fraction is compared as such. */
    private boolean sameTime(Instant found) {
        String text = found.toString();
        String seconds = Instant.ofEpochSecond(found.getEpochSecond()).toString();
        return text.equals(modified)
                || (text.equals(seconds) && modified.startsWith(seconds.substring(0, seconds.length() - 1)));
    }

    /** Whether it is evidence of what is planned now. */
    boolean fits(DiskPlan plan) {
        return sourceVersion.equals(plan.sourceVersion())
                && format.equals(plan.format())
                && encoding == plan.encoding()
                && virtualSize == plan.virtualSize();
    }
}
