package io.vmferry.converter.container;

import io.vmferry.converter.ImageFormats;
import io.vmferry.converter.file.SparseSource;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.file.SourceRange;
import io.vmferry.spi.file.SourceStream;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.DiskStream;
import io.vmferry.spi.image.Siblings;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file with a disk image somewhere inside: the file itself, a member of a tar, or either compressed with gzip or zstd. Opening it one
 * way or another passes it on to the image, which closes it, on failure as well; until then {@link #close} does.
 */
public final class DiskContainer implements AutoCloseable {
    private final ByteSource bytes;
    private final Siblings siblings;
    private final Wrapping wrapping;

    private DiskContainer(ByteSource bytes, Siblings siblings, Wrapping wrapping) {
        this.bytes = bytes;
        this.siblings = siblings;
        this.wrapping = wrapping;
    }

    /**
     * Looks into a file, which it owns from now on.
     *
     * @param siblings files beside it
     * @param member of the archive that it then must be; null takes the one disk image in an archive
     */
    public static DiskContainer of(ByteSource file, Siblings siblings, @Nullable String member) {
        ByteSource whole = SparseSource.of(file);
        try {
            Wrapping outer = wrapping(whole);
            if (outer == Wrapping.TAR) {
                return member(whole, member);
            }
            if (member != null) {
                throw new VmferryException(
                        ContainerError.TAR_MEMBER_UNKNOWN,
                        whole.name() + "!" + member,
                        "the file is no tar archive, so it has no members",
                        outer.packs() ? Refusals.UNPACK_TAR : "Name the file alone.");
            }
            return new DiskContainer(whole, siblings, outer);
        } catch (RuntimeException e) {
            whole.close();
            throw e;
        }
    }

    private static DiskContainer member(ByteSource archive, @Nullable String wanted) {
        TarMembers members = TarMembers.read(archive);
        TarMembers.Member member = wanted == null ? ImageMembers.only(archive, members) : members.find(wanted);
        Siblings beside = name -> {
            TarMembers.Member sibling = members.sibling(name);
            return new Kept(range(archive, sibling));
        };
        SourceRange inside = range(archive, member);
        Wrapping inner = wrapping(inside);
        if (inner == Wrapping.TAR) {
            throw Refusals.nested(inside.name());
        }
        return new DiskContainer(inside, beside, inner);
    }

    private static SourceRange range(ByteSource archive, TarMembers.Member member) {
        return new SourceRange(archive, archive.name() + "!" + member.name(), member.offset(), member.size());
    }

    static Wrapping wrapping(ByteSource bytes) {
        ByteBuffer head = ByteBuffer.allocate(Wrapping.HEAD);
        bytes.read(0, head);
        OtherPacking.refuse(head.flip(), bytes.name());
        return Wrapping.of(head);
    }

    /** Whether the image is compressed as a whole, so that it can only be read front to back. */
    public boolean isPacked() {
        return wrapping.packs();
    }

    /** Opens the image for random access. */
    public DiskImage image() {
        if (isPacked()) {
            close();
            throw Refusals.notSeekable(bytes.name(), wrapping);
        }
        return ImageFormats.open(bytes, siblings);
    }

    /**
     * Opens a packed image front to back. A raw disk is unpacked twice: the first time only to learn how long it is, as neither
     * gzip nor zstd can be relied on to say so.
     *
     * @throws VmferryException {@link io.vmferry.converter.ConverterError#FORMAT_NOT_STREAMABLE} when the image inside has to be read
     *     anywhere
     */
    public DiskStream stream() {
        try {
            boolean raw;
            long length = 0;
            try (PackedImage first = PackedImage.open(new SourceStream(new Kept(bytes)), wrapping)) {
                raw = first.isRaw();
                length = raw ? first.countRest() : 0;
            }
            PackedImage again = PackedImage.open(new SourceStream(bytes), wrapping);
            return raw ? again.raw(length) : again.stream();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Unpacks a packed image into a file without a name and opens it for random access. */
    public DiskImage spooled(Path folder) {
        PackedImage packed = PackedImage.open(new SourceStream(bytes), wrapping);
        return ImageFormats.open(packed.spool(folder), Refusals.NO_SIBLINGS);
    }

    @Override
    public void close() {
        bytes.close();
    }

    /** What somebody else closes. */
    record Kept(ByteSource bytes) implements ByteSource {
        @Override
        public String name() {
            return bytes.name();
        }

        @Override
        public long size() {
            return bytes.size();
        }

        @Override
        public int read(long offset, ByteBuffer target) {
            return bytes.read(offset, target);
        }

        @Override
        public long zerosUntil(long offset) {
            return bytes.zerosUntil(offset);
        }

        @Override
        public long dataUntil(long offset) {
            return bytes.dataUntil(offset);
        }

        @Override
        public void close() {
            // The one that it belongs to does.
        }
    }
}
