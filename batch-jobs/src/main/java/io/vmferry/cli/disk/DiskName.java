package io.vmferry.cli.disk;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a disk is called on the command line: a file, {@code FILE!MEMBER} for a member of a tar archive, or a dash for standard input.
 *
 * @param member null when none was named
 */
public record DiskName(Path file, @Nullable String member) {
    private static final char SEPARATOR = '!';

    /** A file that exists is meant as it is called, whatever its name looks like. */
    public static DiskName of(Path given) {
        String text = given.toString();
        for (int at = text.indexOf(SEPARATOR); at > 0 && !Files.exists(given); at = text.indexOf(SEPARATOR, at + 1)) {
            Path archive = Path.of(text.substring(0, at));
            if (at + 1 < text.length() && Files.isRegularFile(archive)) {
                return new DiskName(archive, text.substring(at + 1));
            }
        }
        return new DiskName(given, null);
    }

    /** As {@link #of(Path)}, with the member named apart. */
    public static DiskName of(Path given, @Nullable String member) {
        return member == null ? of(given) : new DiskName(given, member);
    }

    public boolean isStandardInput() {
        return StreamTarget.isDash(file);
    }

    /** For a line of progress. */
    String shortName() {
        return member != null ? member : isStandardInput() ? toString() : String.valueOf(file.getFileName());
    }

    @Override
    public String toString() {
        String name = isStandardInput() ? "standard input" : file.toString();
        return member == null ? name : name + SEPARATOR + member;
    }
}
