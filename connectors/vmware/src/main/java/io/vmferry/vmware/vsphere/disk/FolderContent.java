package io.vmferry.vmware.vsphere.disk;

import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.Siblings;
import io.vmferry.spi.source.DiskContent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A disk that is read as the files it consists of: a descriptor, its extents, those of its parents. */
final class FolderContent implements DiskContent.Container {
    private static final int LONGEST_DESCRIPTOR = 64 << 10;
    private static final Pattern CONTENT_ID = Pattern.compile("(?im)^\\s*CID\\s*=\\s*([0-9a-f]{1,8})\\s*$");
    private static final Pattern EXTENT =
            Pattern.compile("(?im)^\\s*(?:RW|RDONLY)\\s+\\d+\\s+[A-Z]+\\s+\"([^\"]+)\"(?:\\s+\\d+)?\\s*$");

    private final ChainFiles files;
    private final ByteSource descriptor;
    private final String version;
    private final String way;
    private final TransferPermits.Permit permit;

    private FolderContent(
            ChainFiles files, ByteSource descriptor, String version, String way, TransferPermits.Permit permit) {
        this.files = files;
        this.descriptor = descriptor;
        this.version = version;
        this.way = way;
        this.permit = permit;
    }

    /**
     * Opens descriptor and extents of the top of the chain, so that a lock or a missing file shows now.
     *
     * @param files owned from the call on, also when it throws
     */
    static FolderContent open(DiskPlace place, ChainFiles files, String way, TransferPermits.Permit permit) {
        try {
            ByteSource descriptor = files.descriptor();
            String version = version(place, files, descriptor);
            return new FolderContent(files, descriptor, version, way, permit);
        } catch (RuntimeException | Error e) {
            files.close();
            throw e;
        }
    }

    private static String version(DiskPlace place, ChainFiles files, ByteSource descriptor) {
        DatastorePath top = place.chain().get(0);
        List<String> parts = new ArrayList<>(List.of(top.toString()));
        String text = "";
        if (descriptor.size() <= LONGEST_DESCRIPTOR) {
            ByteBuffer bytes = ByteBuffer.allocate((int) descriptor.size());
            descriptor.read(0, bytes);
            text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
        }
        Matcher id = CONTENT_ID.matcher(text);
        parts.add(id.find() ? "CID " + id.group(1) : files.stamp(top).words());
        Matcher extent = EXTENT.matcher(text);
        while (extent.find()) {
            // The descriptor may be in any encoding; a name beyond ASCII is left to whoever reads it properly.
            if (extent.group(1).chars().allMatch(c -> c < 0x80)) {
                parts.add(files.stamp(top.sibling(extent.group(1))).words());
            }
        }
        if (place.changeId() != null) {
            parts.add("change " + place.changeId());
        }
        return String.join(", ", parts);
    }

    @Override
    public ByteSource bytes() {
        return descriptor;
    }

    @Override
    public Siblings siblings() {
        return files;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public String way() {
        return way;
    }

    /** Every answer was compared with the first one while it was read. */
    @Override
    public void verify() {}

    @Override
    public void close() {
        try {
            files.close();
        } finally {
            permit.close();
        }
    }
}
