package io.vmferry.converter.vmdk;

import java.nio.ByteBuffer;

/**
 * The end of a streamOptimized image: a footer marker, a copy of the header that knows where the grain directory lies, and the
 * end-of-stream marker, one sector each. A file without them is what an interrupted export leaves.
 */
final class Footer {
    private static final int LENGTH = 3 * Container.SECTOR;

    private Footer() {}

    /** Reads the footer where the header says that the grain directory is at the end. */
    static SparseHeader read(Container file, SparseHeader header) {
        long marker = file.size() - LENGTH;
        if (marker < SparseHeader.SIZE) {
            throw VmdkError.VMDK_TRUNCATED.at(
                    file.name(), "footer", file.size(), "the file ends without footer and end mark");
        }
        ByteBuffer end = file.structure(marker, LENGTH, "footer");
        if (!isMarker(end, 0, GrainMarker.FOOTER) || !isMarker(end, 2 * Container.SECTOR, GrainMarker.END_OF_STREAM)) {
            throw VmdkError.VMDK_TRUNCATED.at(
                    file.name(),
                    "footer",
                    marker,
                    "the file ends without footer and end mark, as an interrupted export does");
        }
        end.position(Container.SECTOR);
        return parse(end, header, file.name(), marker + Container.SECTOR);
    }

    /** @param bytes positioned at the 512 bytes of the footer */
    static SparseHeader parse(ByteBuffer bytes, SparseHeader header, String file, long offset) {
        SparseHeader footer = SparseHeader.parse(bytes, file, "footer", offset);
        if (footer.capacity() != header.capacity()
                || footer.grainSectors() != header.grainSectors()
                || footer.tableEntries() != header.tableEntries()
                || footer.compressed() != header.compressed()) {
            throw VmdkError.VMDK_BAD_FOOTER.at(
                    file,
                    "footer",
                    offset,
                    "its capacity, grain size, table size or compression differs from the header's");
        }
        if (footer.directory() == SparseHeader.AT_END) {
            throw VmdkError.VMDK_BAD_FOOTER.at(
                    file, "footer", offset, "it does not say where the grain directory lies");
        }
        return footer;
    }

    private static boolean isMarker(ByteBuffer bytes, int at, int type) {
        GrainMarker marker = GrainMarker.parse(bytes, at);
        return !marker.isGrain() && marker.type() == type && (marker.value() == 0 || type == GrainMarker.FOOTER);
    }
}
