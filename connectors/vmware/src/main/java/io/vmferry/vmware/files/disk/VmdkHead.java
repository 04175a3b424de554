package io.vmferry.vmware.files.disk;

import io.vmferry.spi.image.ByteSource;
import io.vmferry.vmware.files.pack.PackageFile;
import io.vmferry.vmware.files.pack.WholeFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the first bytes of a VMDK tell about it, cheaply and without judging: enough to list it, to know which other files it
 * needs and how large its disk is. Whether the image is sound is the converter's business.
 *
 * @param kind whether it stands for a disk at all
 * @param capacityBytes 0 when it does not say
 * @param createType empty when it does not say
 * @param extents names of files that hold its data
 * @param parent name of the image it is a snapshot delta of; null none
 */
public record VmdkHead(
        Kind kind,
        long capacityBytes,
        String createType,
        List<String> extents,
        @Nullable String parent) {
    /** What a file called .vmdk may be. */
    public enum Kind {
        /** A text file that names its extents. */
        DESCRIPTOR,
        /** A sparse file with its descriptor inside. */
        MONOLITHIC,
        /** Data that some descriptor refers to. */
        DATA
    }

    private static final int MOST = 1 << 20;
    private static final int SECTOR = 512;
    /** "KDMV", little-endian: the header of hosted sparse extents (VMware Virtual Disk Format 5.0). */
    private static final int SPARSE_MAGIC = 0x564d444b;

    private static final Pattern EXTENT = Pattern.compile(
            "(?:RW|RDONLY|NOACCESS)\\s+(\\d{1,19})\\s+\\w+(?:\\s+\"([^\"]*)\")?.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern ENTRY = Pattern.compile("([\\w.]+)\\s*=\\s*\"?([^\"]*)\"?\\s*");

    public VmdkHead {
        extents = List.copyOf(extents);
    }

    /** True for a snapshot delta. */
    public boolean delta() {
        return parent != null;
    }

    public static VmdkHead of(PackageFile file) {
        try (ByteSource source = file.open()) {
            return of(source);
        }
    }

    static VmdkHead of(ByteSource source) {
        ByteBuffer head = ByteBuffer.wrap(WholeFile.head(source, SECTOR)).order(ByteOrder.LITTLE_ENDIAN);
        if (head.limit() >= SECTOR && head.getInt(0) == SPARSE_MAGIC) {
            return sparse(source, head);
        }
        if (looksLikeText(head.array())) {
            return descriptor(WholeFile.head(source, MOST), Kind.DESCRIPTOR, 0);
        }
        return new VmdkHead(Kind.DATA, 0, "", List.of(), null);
    }

    private static VmdkHead sparse(ByteSource source, ByteBuffer head) {
        long capacity = bytes(head.getLong(12));
        long offset = head.getLong(28);
        long sectors = head.getLong(36);
        if (offset > 0 && offset < (1L << 40) && sectors > 0) {
            ByteBuffer text = ByteBuffer.allocate((int) Math.min(MOST, Math.min(sectors, MOST) * SECTOR));
            source.read(offset * SECTOR, text);
            byte[] embedded = new byte[text.position()];
            text.flip().get(embedded);
            if (looksLikeText(embedded)) {
                return descriptor(embedded, Kind.MONOLITHIC, capacity);
            }
        }
        // Parts of a split disk have the header, and no descriptor of their own.
        return new VmdkHead(Kind.DATA, capacity, "", List.of(), null);
    }

    private static boolean looksLikeText(byte[] start) {
        String text = new String(start, 0, Math.min(start.length, SECTOR), StandardCharsets.ISO_8859_1);
        for (String raw : text.split("[\r\n]+", -1)) {
            String line = raw.strip().toLowerCase(Locale.ROOT);
            if (line.startsWith("# disk descriptorfile")) {
                return true;
            }
            if (!line.isEmpty() && !line.startsWith("#")) {
                return line.replace(" ", "").startsWith("version=");
            }
        }
        return false;
    }

    private static VmdkHead descriptor(byte[] bytes, Kind kind, long capacityOfHeader) {
        String latin = new String(bytes, StandardCharsets.ISO_8859_1);
        String text = new String(bytes, charset(latin));
        int end = text.indexOf('\0');
        long sectors = 0;
        String createType = "";
        String parentId = "ffffffff";
        String parentName = "";
        List<String> extents = new ArrayList<>();
        for (String raw : (end < 0 ? text : text.substring(0, end)).split("[\r\n]+", -1)) {
            String line = raw.strip();
            Matcher extent = EXTENT.matcher(line);
            if (extent.matches()) {
                sectors = Math.min(Long.MAX_VALUE / 4, sectors + Math.min(Long.MAX_VALUE / 4, number(extent.group(1))));
                String name = extent.group(2);
                if (name != null && kind == Kind.DESCRIPTOR) {
                    extents.add(name);
                }
                continue;
            }
            Matcher entry = ENTRY.matcher(line);
            if (entry.matches()) {
                switch (entry.group(1).toLowerCase(Locale.ROOT)) {
                    case "createtype" -> createType = entry.group(2).strip();
                    case "parentcid" -> parentId = entry.group(2).strip().toLowerCase(Locale.ROOT);
                    case "parentfilenamehint" -> parentName = entry.group(2).strip();
                    default -> {}
                }
            }
        }
        boolean delta = !parentId.equals("ffffffff") || !parentName.isEmpty();
        return new VmdkHead(
                kind,
                kind == Kind.MONOLITHIC ? capacityOfHeader : bytes(sectors),
                createType,
                extents,
                delta ? parentName : null);
    }

    private static Charset charset(String text) {
        Matcher encoding = Pattern.compile("(?im)^\\s*encoding\\s*=\\s*\"?([\\w-]{1,40})\"?")
                .matcher(text);
        try {
            return encoding.find() ? Charset.forName(encoding.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }

    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private static long bytes(long sectors) {
        return sectors < 0 || sectors > Long.MAX_VALUE / SECTOR ? 0 : sectors * SECTOR;
    }
}
