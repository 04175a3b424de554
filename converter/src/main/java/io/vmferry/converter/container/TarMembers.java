package io.vmferry.converter.container;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteSource;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.jspecify.annotations.Nullable;

/** The members of a tar archive (ustar, pax or GNU), where they lie; nothing is unpacked. */
final class TarMembers {
    private static final int RECORD = 512;

    /**
     * A file in the archive.
     *
     * @param name without a leading {@code ./}
     * @param offset of its first byte in the archive
     * @param size bytes
     * @param unsupported why it cannot be read in place; null when it can
     */
    record Member(
            String name, long offset, long size, @Nullable String unsupported) {}

    private final Map<String, Member> members;
    private final String archive;

    private TarMembers(String archive, Map<String, Member> members) {
        this.archive = archive;
        this.members = members;
    }

    /** Reads all headers. The archive stays the caller's. */
    static TarMembers read(ByteSource archive) {
        SourceChannel channel = new SourceChannel(archive);
        Map<String, Member> members = new LinkedHashMap<>();
        long end = 0;
        for (TarArchiveEntry entry : entries(channel, archive.name())) {
            long offset = entry.getDataOffset();
            long stored = entry.isDirectory() ? 0 : entry.getSize();
            if (!entry.isCheckSumOK()) {
                throw damaged(archive.name(), "the header before offset " + offset + " has a wrong checksum", null);
            }
            if (stored < 0 || offset < 0 || offset > archive.size() - stored) {
                throw truncated(
                        archive.name(),
                        "\"" + printable(entry.getName()) + "\" begins at offset " + offset + " and has " + stored
                                + " bytes, but the file has only " + archive.size(),
                        null);
            }
            end = Math.max(end, offset + (stored + RECORD - 1) / RECORD * RECORD);
            if (!entry.isDirectory()) {
                // Of several with the same name the last one counts, as for tar itself.
                String name = plain(entry.getName());
                members.put(name, new Member(name, offset, stored, unsupported(entry)));
            }
        }
        requireEndMark(archive, end);
        return new TarMembers(archive.name(), members);
    }

    private static List<TarArchiveEntry> entries(SourceChannel channel, String archive) {
        // Not closed: that would only close the channel, which does nothing.
        try {
            @SuppressWarnings("resource")
            TarFile tar = new TarFile(channel, RECORD, RECORD, "UTF-8", false);
            return tar.getEntries();
        } catch (VmferryException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            if (channel.exhausted()) {
                throw damaged(archive, "its headers alone are larger than any real archive's", e);
            }
            String said = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
            if (said.contains("truncated") || said.contains("unexpected eof") || e instanceof EOFException) {
                throw truncated(archive, "a member reaches beyond the end of the file", e);
            }
            throw damaged(archive, "the header near offset " + channel.position() + " cannot be read", e);
        }
    }

    /** A tar ends with a record of zeros (two by the book); one that was cut between two members has none. */
    private static void requireEndMark(ByteSource archive, long end) {
        ByteBuffer mark = ByteBuffer.allocate(RECORD);
        archive.read(Math.min(end, archive.size()), mark);
        boolean zero = !mark.hasRemaining();
        for (byte b : mark.array()) {
            zero &= b == 0;
        }
        if (!zero) {
            throw truncated(archive.name(), "its end mark is missing at offset " + end, null);
        }
    }

    private static @Nullable String unsupported(TarArchiveEntry entry) {
        if (entry.isSparse()) {
            return "it is a sparse member";
        }
        boolean plain = entry.isFile() && !entry.isLink() && !entry.isSymbolicLink();
        return plain ? null : "it is a link or a device";
    }

    /** Those that can be read in place, in the archive's order. */
    List<Member> readable() {
        List<Member> readable = new ArrayList<>();
        for (Member member : members.values()) {
            if (member.unsupported() == null) {
                readable.add(member);
            }
        }
        return readable;
    }

    /** @throws VmferryException when there is none of that name, or none that can be read in place */
    Member find(String name) {
        Member member = members.get(plain(name));
        if (member == null) {
            throw new VmferryException(
                    ContainerError.TAR_MEMBER_UNKNOWN,
                    archive + "!" + name,
                    "the archive has no such member",
                    "It has: " + names(members.values().stream().toList()) + ".");
        }
        if (member.unsupported() != null) {
            throw new VmferryException(
                    ContainerError.TAR_MEMBER_UNSUPPORTED,
                    archive + "!" + name,
                    Objects.requireNonNull(member.unsupported()) + " and not a plain file",
                    "Unpack the archive with tar, or pack it again with plain files only.");
        }
        return member;
    }

    /** As {@link #find}, for a name that an image gives. */
    Member sibling(String name) {
        if (members.containsKey(plain(name.replace('\\', '/')))) {
            return find(name.replace('\\', '/'));
        }
        throw new VmferryException(
                CommonError.FILE_NOT_FOUND,
                archive + "!" + printable(name),
                "an image in the archive refers to it, and it is not there",
                "Pack the archive again with all files of the disk.");
    }

    static String names(List<Member> members) {
        StringBuilder list = new StringBuilder();
        int shown = Math.min(20, members.size());
        for (Member member : members.subList(0, shown)) {
            list.append(list.isEmpty() ? "" : ", ").append(printable(member.name()));
        }
        return members.isEmpty() ? "nothing" : list + (shown < members.size() ? ", …" : "");
    }

    private static String plain(String name) {
        String plain = name;
        while (plain.startsWith("./")) {
            plain = plain.substring(2);
        }
        return plain;
    }

    private static String printable(String name) {
        String shown = name.length() > 200 ? name.substring(0, 200) + "…" : name;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }

    private static VmferryException truncated(String archive, String reason, @Nullable Exception cause) {
        return new VmferryException(
                ContainerError.TAR_TRUNCATED,
                archive,
                reason,
                "Copy or download the archive again; it is incomplete.",
                cause);
    }

    private static VmferryException damaged(String archive, String reason, @Nullable Exception cause) {
        return new VmferryException(
                ContainerError.TAR_DAMAGED,
                archive,
                reason,
                "Copy or download the archive again; it is damaged.",
                cause);
    }
}
