package io.vmferry.converter.container;

import io.vmferry.converter.ImageFormats;
import io.vmferry.converter.raw.RawFormat;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.file.SourceRange;
import io.vmferry.spi.image.ByteSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which members of an archive are disk images: by their first bytes, and raw ones by their names, as anything could be raw. */
final class ImageMembers {
    private static final List<String> RAW_ENDINGS =
            List.of(".raw", ".img", ".raw.gz", ".img.gz", ".vmdk.gz", ".raw.zst", ".img.zst", ".vmdk.zst");

    private ImageMembers() {}

    /** The one disk image of an archive. */
    static TarMembers.Member only(ByteSource archive, TarMembers members) {
        List<TarMembers.Member> images = new ArrayList<>();
        for (TarMembers.Member member : members.readable()) {
            if (isImage(archive, member)) {
                images.add(member);
            }
        }
        if (images.size() == 1) {
            return images.get(0);
        }
        if (images.isEmpty()) {
            throw new VmferryException(
                    ContainerError.TAR_MEMBER_UNKNOWN,
                    archive.name(),
                    "no member of the archive is a disk image by its content or name",
                    "If one is a raw disk, name it: " + archive.name() + "!MEMBER. It has: "
                            + TarMembers.names(members.readable()) + ".");
        }
        throw new VmferryException(
                ContainerError.TAR_MEMBER_AMBIGUOUS,
                archive.name(),
                "it holds " + images.size() + " disk images",
                "Choose one, as in '" + archive.name() + "!" + images.get(0).name() + "'. It has: "
                        + TarMembers.names(images) + ".");
    }

    private static boolean isImage(ByteSource archive, TarMembers.Member member) {
        String name = member.name().toLowerCase(Locale.ROOT);
        if (RAW_ENDINGS.stream().anyMatch(name::endsWith)) {
            return true;
        }
        SourceRange bytes = new SourceRange(archive, member.name(), member.offset(), member.size());
        return !ImageFormats.detect(bytes).id().equals(RawFormat.ID);
    }
}
