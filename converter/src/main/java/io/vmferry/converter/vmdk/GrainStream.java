package io.vmferry.converter.vmdk;

import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.ByteStream;
import io.vmferry.spi.image.DiskStream;
import io.vmferry.spi.image.EncodedBlock;
import io.vmferry.spi.image.Extent;
import io.vmferry.spi.image.ExtentKind;
import io.vmferry.spi.image.ImageFacts;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A streamOptimized image that passes by once. Grains carry their own address and come in ascending order; what lies between
 * them is a hole. Tables, directory and footer that pass are not needed to find anything, but they are held to what was seen:
 * a stream that lost a piece must not end as a success.
 */
final class GrainStream implements DiskStream {
    /** Products pad to a megabyte at most. */
    private static final long MAX_PADDING = 64 << 20;

    private final ByteStream container;
    private final Forward in;
    private final SparseHeader header;
    private final ImageFacts facts;
    private final @Nullable PromisedGrains promised;
    private final GrainInflater inflater = new GrainInflater();

    /** The virtual disk is handed out up to here. */
    private long position;

    private long lastLba = -1;
    private long grains;
    private long tables;
    private long listed;
    private boolean footer;
    private boolean ended;

    /** A grain whose marker was read, but which is not handed out yet. */
    private @Nullable GrainMarker pending;

    private @Nullable Extent current;
    private int payloadSize;
    private boolean payloadTaken = true;
    private @Nullable ByteBuffer decoded;

    private GrainStream(
            ByteStream container,
            Forward in,
            SparseHeader header,
            ImageFacts facts,
            @Nullable PromisedGrains promised) {
        this.container = container;
        this.in = in;
        this.header = header;
        this.facts = facts;
        this.promised = promised;
    }

    /** Reads up to the first grain. Null when this is no streamOptimized image. */
    static @Nullable DiskStream open(ByteStream container) {
        Forward in = new Forward(container);
        if (!SparseHeader.matches(in.peek(4))) {
            return null;
        }
        SparseHeader header = SparseHeader.parse(in.structure(SparseHeader.SIZE, "header"), in.name(), "header", 0);
        if (!header.compressed()) {
            return null;
        }
        Descriptor descriptor = descriptor(in, header);
        SparseOpener.requireWholeDisk(header, descriptor, in.name());
        if (descriptor != null && descriptor.hasParent()) {
            throw VmdkError.VMDK_NOT_STREAMABLE.of(in.name(), "it is a snapshot, and its parent is not in the stream");
        }
        long size = DiskSize.resolve(header, descriptor, in.name());
        PromisedGrains promised = header.directory() == SparseHeader.AT_END ? null : PromisedGrains.read(in, header);
        long first = header.overhead() * Container.SECTOR;
        if (first != 0 && first < in.offset()) {
            throw VmdkError.VMDK_BAD_HEADER.at(
                    in.name(), "header", 0, "its grains begin at " + first + ", inside the descriptor");
        }
        in.skip(Math.max(0, first - in.offset()), "metadata before the first grain");
        return new GrainStream(container, in, header, DiskFacts.sparse(header, descriptor, size), promised);
    }

    private static @Nullable Descriptor descriptor(Forward in, SparseHeader header) {
        if (!header.hasDescriptor()) {
            return null;
        }
        in.skip(header.descriptorOffset() * Container.SECTOR - in.offset(), "descriptor");
        ByteBuffer text = in.structure((int) (header.descriptorSectors() * Container.SECTOR), "descriptor");
        return SparseOpener.isBlank(text) ? null : DescriptorParser.parse(text, in.name());
    }

    @Override
    public ImageFacts facts() {
        return facts;
    }

    @Override
    public @Nullable Extent next() {
        skipPayload();
        current = null;
        decoded = null;
        while (pending == null && !ended) {
            pending = nextGrain();
        }
        long start = pending == null ? virtualSize() : pending.value() * Container.SECTOR;
        if (start > position) {
            Extent hole = Extent.hole(position, Math.min(start, virtualSize()) - position);
            position = hole.end();
            return hole;
        }
        if (pending == null) {
            return null;
        }
        Extent grain = grain(pending.size());
        current = grain;
        return grain;
    }

    private Extent grain(int size) {
        pending = null;
        payloadSize = size;
        payloadTaken = false;
        long start = position;
        position = Math.min(start + header.grainBytes(), virtualSize());
        // A grain that the disk cuts off is handed out decoded, as in CompressedGrains.
        return position - start == header.grainBytes()
                ? Extent.encoded(start, header.grainBytes(), new EncodedBlock(BlockEncoding.ZLIB, -1, size))
                : Extent.data(start, position - start);
    }

    @Override
    public void readPayload(ByteBuffer target) {
        Extent extent = current;
        if (extent == null) {
            throw new IllegalStateException("the current extent has no payload");
        }
        if (extent.kind() == ExtentKind.ENCODED) {
            if (payloadTaken || target.remaining() < payloadSize) {
                throw new IllegalStateException(
                        "payload of " + payloadSize + " bytes, taken in one call, into " + target);
            }
            int limit = target.limit();
            takePayload(target.limit(target.position() + payloadSize));
            target.limit(limit);
            return;
        }
        ByteBuffer content = decoded == null ? decode(extent) : decoded;
        int length = Math.min(target.remaining(), content.remaining());
        target.put(content.slice(content.position(), length));
        content.position(content.position() + length);
    }

    private ByteBuffer decode(Extent extent) {
        long at = in.offset();
        ByteBuffer payload = ByteBuffer.allocate(payloadSize);
        takePayload(payload);
        ByteBuffer content = ByteBuffer.allocate(header.grainBytes());
        long grain = extent.start() / header.grainBytes();
        inflater.inflate(payload.flip(), content, (int) extent.length(), in.name(), grain, at);
        content.flip().limit((int) extent.length());
        decoded = content;
        return content;
    }

    @Override
    public void close() {
        inflater.close();
        container.close();
    }

    private void takePayload(ByteBuffer target) {
        payloadTaken = true;
        in.fill(target, "grain");
        in.skip(padding(), "padding of a grain");
    }

    private void skipPayload() {
        if (!payloadTaken) {
            payloadTaken = true;
            in.skip(payloadSize + padding(), "grain");
        }
    }

    private long padding() {
        return GrainMarker.sectors(payloadSize) * Container.SECTOR - GrainMarker.SIZE - payloadSize;
    }

    /** Reads one block: the marker of a grain to hand out, or null after metadata or at the proven end. */
    private @Nullable GrainMarker nextGrain() {
        if (promised != null && in.atEnd()) {
            end();
            return null;
        }
        long at = in.offset();
        ByteBuffer bytes = in.peek(16);
        if (bytes.remaining() < 16) {
            throw VmdkError.VMDK_TRUNCATED.at(in.name(), "marker", at, "the stream ends without its end mark");
        }
        GrainMarker marker = GrainMarker.parse(bytes, 0);
        if (marker.isGrain()) {
            in.skip(GrainMarker.SIZE, "marker");
            checkGrain(marker, at);
            if (marker.value() * Container.SECTOR >= virtualSize()) {
                // Behind the descriptor's size, but inside a capacity that was rounded up.
                payloadSize = marker.size();
                payloadTaken = false;
                skipPayload();
                return null;
            }
            return marker;
        }
        in.skip(Container.SECTOR, "marker");
        switch (marker.type()) {
            case GrainMarker.END_OF_STREAM -> end();
            case GrainMarker.GRAIN_TABLE -> table(marker, at);
            case GrainMarker.GRAIN_DIRECTORY ->
                in.skip(sectors(marker, header.directorySectors(), at) * Container.SECTOR, "grain directory");
            case GrainMarker.FOOTER -> {
                sectors(marker, 1, at);
                Footer.parse(in.structure(SparseHeader.SIZE, "footer"), header, in.name(), at + Container.SECTOR);
                footer = true;
            }
            default ->
                throw VmdkError.VMDK_BAD_MARKER.at(
                        in.name(), "marker", at, "type " + Integer.toUnsignedString(marker.type()) + " is not known");
        }
        return null;
    }

    private void checkGrain(GrainMarker marker, long at) {
        long lba = marker.value();
        if (lba < 0 || lba >= header.capacity() || lba % header.grainSectors() != 0) {
            throw VmdkError.VMDK_BAD_MARKER.at(
                    in.name(), "grain marker", at, "LBA " + Long.toUnsignedString(lba) + " is no grain of this disk");
        }
        if (lba <= lastLba) {
            throw VmdkError.VMDK_BAD_MARKER.at(
                    in.name(), "grain marker", at, "LBA " + lba + " comes after LBA " + lastLba);
        }
        marker.requireSize(header, in.name(), at);
        if (promised != null && !promised.seen(lba / header.grainSectors())) {
            throw VmdkError.VMDK_BAD_MARKER.at(
                    in.name(), "grain marker", at, "no grain table lists the grain at LBA " + lba);
        }
        lastLba = lba;
        grains++;
    }

    private void table(GrainMarker marker, long at) {
        long bytes = sectors(marker, header.tableSectors(), at) * Container.SECTOR;
        ByteBuffer table = in.structure((int) bytes, "grain table");
        for (int i = 0; i < header.tableEntries(); i++) {
            int entry = table.getInt(i * 4);
            if (entry != 0 && !(entry == 1 && header.zeroedGrains())) {
                listed++;
            }
        }
        tables++;
    }

    /** A marker's value is the length of what follows it; some products leave it 0. */
    private long sectors(GrainMarker marker, int expected, long at) {
        if (marker.value() != 0 && marker.value() != expected) {
            throw VmdkError.VMDK_BAD_MARKER.at(
                    in.name(),
                    "marker",
                    at,
                    "it announces " + Long.toUnsignedString(marker.value()) + " sectors instead of " + expected);
        }
        return expected;
    }

    private void end() {
        ended = true;
        if (promised != null) {
            if (promised.missing() > 0) {
                throw VmdkError.VMDK_TRUNCATED.at(
                        in.name(),
                        "grains",
                        in.offset(),
                        "they end although the tables list " + promised.missing() + " more");
            }
        } else if (!footer) {
            throw VmdkError.VMDK_TRUNCATED.at(
                    in.name(), "end mark", in.offset(), "it comes without a footer before it");
        } else if (tables > 0 && listed != grains) {
            throw VmdkError.VMDK_TRUNCATED.at(
                    in.name(), "grains", in.offset(), "the tables list " + listed + " but " + grains + " came");
        }
        long zeros = in.zerosUpTo(MAX_PADDING);
        if (zeros < 0 || !in.atEnd()) {
            throw VmdkError.VMDK_TRAILING_DATA.at(
                    in.name(), "end mark", in.offset(), "more than zero padding follows the end of the disk");
        }
    }
}
