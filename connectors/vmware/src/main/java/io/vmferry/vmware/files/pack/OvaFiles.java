package io.vmferry.vmware.files.pack;

import io.vmferry.spi.error.IoFailure;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.file.FileSource;
import io.vmferry.spi.file.SourceRange;
import io.vmferry.vmware.files.FilesError;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.jspecify.annotations.Nullable;

/** The members of an OVA, a tar archive (ustar, pax or GNU), read in place by offset and never unpacked. */
public final class OvaFiles implements PackageFiles {
    private static final int RECORD = 512;
    /** oVirt aligns its disks with members of this name, any number of them. */
    private static final String OVIRT_PADDING = "pad";

    private final Stamp stamp;
    private final String display;
    private final Map<String, TarArchiveEntry> members;
    private final List<String> duplicates;

    private OvaFiles(Stamp stamp, String display, Map<String, TarArchiveEntry> members, List<String> duplicates) {
        this.stamp = stamp;
        this.display = display;
        this.members = Collections.unmodifiableMap(members);
        this.duplicates = List.copyOf(duplicates);
    }

    /**
     * Reads all headers of the archive.
     *
     * @param display how messages call the archive
     */
    public static OvaFiles index(Path file, String display) {
        Stamp stamp = Stamp.of(file);
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            checkFirstHeader(channel, display);
            HeaderChannel headers = new HeaderChannel(channel);
            // Not closed: that would only close the channel.
            @SuppressWarnings("resource")
            TarFile tar = openTar(headers, display);
            return of(stamp, display, tar.getEntries(), channel);
        } catch (IOException e) {
            throw IoFailure.reading(display, e);
        }
    }

    private static TarFile openTar(HeaderChannel headers, String display) {
        try {
            return new TarFile(headers, RECORD, RECORD, "UTF-8", false);
        } catch (IOException | RuntimeException e) {
            if (headers.exhausted()) {
                throw damaged(display, "its headers alone are larger than any real archive's", e);
            }
            String said = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
            if (said.contains("truncated") || said.contains("unexpected eof") || e instanceof EOFException) {
                throw truncated(display, "a member reaches beyond the end of the file", e);
            }
            throw damaged(display, "a header cannot be read", e);
        }
    }

    private static OvaFiles of(Stamp stamp, String display, List<TarArchiveEntry> entries, SeekableByteChannel channel)
            throws IOException {
        Map<String, TarArchiveEntry> members = new LinkedHashMap<>();
        List<String> duplicates = new ArrayList<>();
        long size = channel.size();
        long end = 0;
        for (TarArchiveEntry entry : entries) {
            long offset = entry.getDataOffset();
            long stored = entry.isDirectory() ? 0 : entry.getSize();
            if (!entry.isCheckSumOK()) {
                throw damaged(display, "the header before offset " + offset + " has a wrong checksum", null);
            }
            if (stored < 0 || offset < 0 || offset > size - stored) {
                throw truncated(
                        display,
                        "\"" + entry.getName() + "\" begins at offset " + offset + " and has " + stored
                                + " bytes, but the file has only " + size,
                        null);
            }
            end = Math.max(end, offset + (stored + RECORD - 1) / RECORD * RECORD);
            if (entry.isDirectory()) {
                continue;
            }
            String name = MemberName.checked(entry.getName(), display);
            if (members.putIfAbsent(name, entry) != null && !name.equals(OVIRT_PADDING)) {
                duplicates.add(name);
            }
        }
        checkEndMark(channel, end, display);
        return new OvaFiles(stamp, display, members, duplicates);
    }

    /** A tar ends with a record of zeros (two by the book); an archive that was cut between two members has none. */
    private static void checkEndMark(SeekableByteChannel channel, long end, String display) throws IOException {
        ByteBuffer mark = ByteBuffer.allocate(RECORD);
        channel.position(end);
        while (mark.hasRemaining() && channel.read(mark) >= 0) {
            // Until the record is full or the file ends.
        }
        boolean zero = !mark.hasRemaining();
        for (byte b : mark.array()) {
            zero &= b == 0;
        }
        if (!zero) {
            throw truncated(display, "its end mark is missing at offset " + end, null);
        }
    }

    private static void checkFirstHeader(SeekableByteChannel channel, String display) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(RECORD);
        while (header.hasRemaining() && channel.read(header) >= 0) {
            // Until the record is full or the file ends.
        }
        boolean tar;
        try {
            tar = !header.hasRemaining() && TarUtils.verifyCheckSum(header.array());
        } catch (RuntimeException e) {
            tar = false;
        }
        if (!tar) {
            boolean gzip = header.get(0) == 0x1f && header.get(1) == (byte) 0x8b;
            throw new VmferryException(
                    FilesError.OVA_NOT_A_TAR,
                    display,
                    gzip ? "it is gzip'd, and an OVA is a plain tar archive" : "it is not a tar archive",
                    gzip ? "Unpack it with gunzip first." : "Check that the right file was copied, and completely.");
        }
        channel.position(0);
    }

    public Stamp stamp() {
        return stamp;
    }

    /** Names that occur more than once. */
    public List<String> duplicates() {
        return duplicates;
    }

    @Override
    public Optional<PackageFile> find(String name) {
        String plain = MemberName.checked(name, display);
        TarArchiveEntry entry = members.get(plain);
        if (entry == null) {
            return Optional.empty();
        }
        String path = display + "!" + plain;
        if (!entry.isFile() || entry.isLink() || entry.isSymbolicLink() || entry.isSparse()) {
            throw new VmferryException(
                    FilesError.OVA_MEMBER_UNSUPPORTED,
                    path,
                    "it is " + (entry.isSparse() ? "a sparse member" : "a link or a device") + " and not a plain file",
                    "Pack the OVA again with plain files only.");
        }
        long offset = entry.getDataOffset();
        long size = entry.getSize();
        return Optional.of(new PackageFile(plain, path, size, offset, stamp, () -> open(path, offset, size)));
    }

    private SourceRange open(String path, long offset, long size) {
        FileSource whole = FileSource.open(stamp.file());
        if (offset > whole.size() - size) {
            whole.close();
            throw truncated(display, "it has become shorter since it was read first", null);
        }
        return new SourceRange(whole, path, offset, size);
    }

    @Override
    public List<String> names() {
        return List.copyOf(members.keySet());
    }

    private static VmferryException truncated(String display, String reason, @Nullable Exception cause) {
        return new VmferryException(
                FilesError.OVA_TRUNCATED, display, reason, "Copy or download the OVA again; it is incomplete.", cause);
    }

    private static VmferryException damaged(String display, String reason, @Nullable Exception cause) {
        return new VmferryException(
                FilesError.OVA_DAMAGED, display, reason, "Copy or download the OVA again; it is damaged.", cause);
    }
}
