package io.vmferry.vmware.files.pack;

import io.vmferry.spi.error.IoFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/** What a file looked like from outside when it was read: it is taken for unchanged while this holds. */
public record Stamp(Path file, long size, Instant changed) {
    public static Stamp of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(
                    file, attributes.size(), attributes.lastModifiedTime().toInstant());
        } catch (IOException e) {
            throw IoFailure.reading(file.toString(), e);
        }
    }

    public boolean holds() {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return now.size() == size && now.lastModifiedTime().toInstant().equals(changed);
        } catch (IOException e) {
            return false;
        }
    }
}
