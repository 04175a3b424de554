package io.vmferry.vmware.files.pack;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;

/**
 * Names of members in an archive and of files in a descriptor. vmferry never unpacks an archive, so a bad name could do
 * nothing; but an archive that has one was made to harm somebody, and is refused.
 */
public final class MemberName {
    private MemberName() {}

    /**
     * The name without a leading {@code ./}.
     *
     * @param where the archive or descriptor it stands in
     */
    public static String checked(String name, String where) {
        String plain = name;
        while (plain.startsWith("./")) {
            plain = plain.substring(2);
        }
        boolean absolute = plain.startsWith("/") || plain.startsWith("\\") || plain.matches("(?s)[A-Za-z]:.*");
        boolean url = plain.contains("://");
        boolean up = plain.matches("(?s)(.*[/\\\\])?\\.\\.([/\\\\].*)?");
        boolean control = plain.chars().anyMatch(c -> c < 0x20 || c == 0x7f);
        if (plain.isBlank() || absolute || url || up || control) {
            throw new VmferryException(
                    CommonError.NAME_NOT_CONFINED,
                    "\"" + printable(name) + "\" named in " + where,
                    "it is not a plain name inside the package",
                    "Do not use this package; no export tool writes such names.");
        }
        return plain;
    }

    private static String printable(String name) {
        String shown = name.length() > 200 ? name.substring(0, 200) + "…" : name;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
