package io.vmferry.converter.copy;

import io.vmferry.converter.codec.Codec;
import io.vmferry.converter.codec.CodecError;
import io.vmferry.converter.codec.CodecProvider;
import io.vmferry.converter.digest.BlkHash;
import io.vmferry.converter.digest.BlockHasher;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.Block;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.EncodedBlock;
import io.vmferry.spi.image.Extent;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * One worker's tools: turns the loaded pieces of a chunk into blocks for the target. Checks and decodes what is compressed,
 * tells zeros, hashes, and compresses what the target wants compressed and the source does not have so.
 */
final class Workbench implements AutoCloseable {
    private static final int BLOCK = BlkHash.BLOCK;
    /** RFC 1950: two bytes before the deflate data, the Adler-32 behind. */
    private static final int ZLIB_HEAD = 2;

    private static final int ZLIB_TAIL = 4;
    private static final byte[] ZEROS = new byte[BLOCK];

    private final CodecProvider provider;
    private final @Nullable BlockEncoding wanted;
    private final boolean verify;
    private final boolean sums;
    private final String source;
    private final BlockHasher hasher = new BlockHasher();
    private final Map<BlockEncoding, Codec> codecs = new EnumMap<>(BlockEncoding.class);
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(BLOCK);
    private final CRC32 crc = new CRC32();

    /**
     * @param wanted encoding of the target's blocks, or null for plain ones
     * @param sums whether compressed blocks need the CRC-32 of their content
     */
    Workbench(CodecProvider provider, @Nullable BlockEncoding wanted, boolean verify, boolean sums, String source) {
        this.provider = provider;
        this.wanted = wanted;
        this.verify = verify;
        this.sums = sums;
        this.source = source;
    }

    /** Fills kinds, digests and payload ranges of a loaded chunk. */
    void work(Chunk chunk) {
        if (chunk.zeroRun) {
            zeroTail(chunk);
            return;
        }
        for (int i = 0; i < chunk.blockCount(); i++) {
            chunk.kinds[i] = Chunk.Kind.ZERO;
        }
        for (Chunk.Piece piece : chunk.pieces) {
            Extent extent = piece.extent();
            switch (extent.kind()) {
                case ZERO, HOLE -> zeros(chunk, extent);
                case DATA -> loaded(chunk, extent.start(), extent.end());
                case ENCODED -> encoded(chunk, piece);
            }
        }
        int encodedAt = 0;
        for (int i = 0; i < chunk.blockCount(); i++) {
            if (chunk.kinds[i] == Chunk.Kind.LOADED) {
                encodedAt = finish(chunk, i, encodedAt);
            } else if (chunk.kinds[i] == Chunk.Kind.ZERO && chunk.blockLength(i) < BLOCK && verify) {
                hasher.digest(zeros(chunk.blockLength(i)), chunk.digests, i * BlkHash.DIGEST);
            }
        }
    }

    /** A run of zeros up to the end of the disk may end in a short block, whose digest is its own. */
    private void zeroTail(Chunk chunk) {
        int tail = (int) ((chunk.end - chunk.start) % BLOCK);
        if (tail > 0 && verify) {
            hasher.digest(zeros(tail), chunk.digests, 0);
        }
    }

    private static void loaded(Chunk chunk, long from, long to) {
        int last = (int) ((to - 1 - chunk.start) / BLOCK);
        for (int i = (int) ((from - chunk.start) / BLOCK); i <= last; i++) {
            chunk.kinds[i] = Chunk.Kind.LOADED;
        }
    }

    /** Whole blocks stay what they are, zero; parts of a block become content beside what else is in it. */
    private static void zeros(Chunk chunk, Extent extent) {
        long from = extent.start();
        while (from < extent.end()) {
            int block = (int) ((from - chunk.start) / BLOCK);
            long blockStart = chunk.start + (long) block * BLOCK;
            long blockEnd = blockStart + chunk.blockLength(block);
            long to = Math.min(extent.end(), blockEnd);
            if (from > blockStart || to < blockEnd) {
                ByteBuffer content = chunk.content().clear().position((int) (from - chunk.start));
                content.put(ZEROS, 0, (int) (to - from));
                chunk.kinds[block] = Chunk.Kind.LOADED;
            }
            from = to;
        }
    }

    private void encoded(Chunk chunk, Chunk.Piece piece) {
        Extent extent = piece.extent();
        EncodedBlock block = extent.encoded();
        if (block == null) {
            throw new IllegalStateException("not encoded: " + extent);
        }
        boolean one = extent.length() == BLOCK && extent.start() % BLOCK == 0;
        if (one && passes(block.encoding())) {
            pass(chunk, piece, block.encoding());
            return;
        }
        ByteBuffer content = chunk.content().clear().position((int) (extent.start() - chunk.start));
        ByteBuffer payload = range(chunk, piece);
        boolean cut = extent.end() == chunk.end && chunk.end % BLOCK != 0;
        if (!cut) {
            // Never more room than its content takes: a decoder may scribble into what lies behind, and other pieces
            // do.
            content.limit(content.position() + (int) extent.length());
            decode(payload, content, block.encoding(), extent);
        } else {
            // The disk ends inside this block. The block may hold its whole length or what counts of it.
            int size = decodeUpTo(payload, content, block.encoding(), extent);
            if (size < extent.length()) {
                throw failed(CodecError.BLOCK_WRONG_SIZE, extent, "it holds only " + size + " bytes of content", null);
            }
        }
        loaded(chunk, extent.start(), extent.end());
    }

    private boolean passes(BlockEncoding stored) {
        return stored == wanted || (stored == BlockEncoding.ZLIB && wanted == BlockEncoding.DEFLATE);
    }

    /** Takes the source's compressed bytes as they are, having seen with verification that they are what they say. */
    private void pass(Chunk chunk, Chunk.Piece piece, BlockEncoding stored) {
        Extent extent = piece.extent();
        int i = (int) ((extent.start() - chunk.start) / BLOCK);
        ByteBuffer payload = range(chunk, piece);
        int size = piece.payloadSize();
        boolean decoded = verify || sums;
        if (decoded) {
            decode(payload, scratch.clear(), stored, extent);
            size = payload.position() - piece.payloadAt();
            if (BlockHasher.isZero(scratch.flip())) {
                return;
            }
        }
        if (verify) {
            hasher.digest(scratch, chunk.digests, i * BlkHash.DIGEST);
        }
        int head = stored == BlockEncoding.ZLIB ? ZLIB_HEAD : 0;
        int tail = stored == BlockEncoding.ZLIB ? ZLIB_TAIL : 0;
        int bare = size - head - tail;
        if (bare > 0 && bare < BLOCK) {
            chunk.kinds[i] = Chunk.Kind.PASSED;
            chunk.at[i] = piece.payloadAt() + head;
            chunk.size[i] = bare;
            chunk.crc[i] = crc(scratch);
            return;
        }
        // Larger compressed than plain: stored plain, as there is no use in trying once more.
        if (!decoded) {
            decode(range(chunk, piece), scratch.clear(), stored, extent);
            scratch.flip();
        }
        chunk.content().clear().position(i * BLOCK).put(scratch.rewind());
        chunk.kinds[i] = Chunk.Kind.PLAIN;
    }

    /** Zero, plain or compressed: settles a block whose content is there. */
    private int finish(Chunk chunk, int i, int encodedAt) {
        ByteBuffer content = chunk.content().clear();
        content.position(i * BLOCK).limit(i * BLOCK + chunk.blockLength(i));
        boolean zero = BlockHasher.isZero(content);
        chunk.kinds[i] = zero ? Chunk.Kind.ZERO : Chunk.Kind.PLAIN;
        if (verify && !(zero && content.remaining() == BLOCK)) {
            hasher.digest(content, chunk.digests, i * BlkHash.DIGEST);
        }
        if (zero || wanted == null) {
            return encodedAt;
        }
        boolean whole = content.remaining() == BLOCK;
        if (!whole) {
            // A compressed block is always a whole one; behind the end of the disk are zeros.
            content.limit((i + 1) * BLOCK).position(i * BLOCK + chunk.blockLength(i));
            content.put(ZEROS, 0, content.remaining()).position(i * BLOCK);
        }
        ByteBuffer target = chunk.encoded().clear();
        target.position(encodedAt).limit(encodedAt + BLOCK - 1);
        if (!codec(wanted).encode(content, target)) {
            return encodedAt;
        }
        chunk.kinds[i] = Chunk.Kind.REENCODED;
        chunk.crc[i] = whole ? crc(content.position(i * BLOCK)) : Block.NO_CRC;
        chunk.at[i] = encodedAt;
        chunk.size[i] = target.position() - encodedAt;
        return target.position();
    }

    private long crc(ByteBuffer content) {
        if (!sums) {
            return Block.NO_CRC;
        }
        crc.reset();
        crc.update(content.duplicate());
        return crc.getValue();
    }

    private static ByteBuffer zeros(int length) {
        return ByteBuffer.wrap(ZEROS, 0, length);
    }

    private static ByteBuffer range(Chunk chunk, Chunk.Piece piece) {
        ByteBuffer payload = chunk.payload().clear();
        return payload.position(piece.payloadAt()).limit(piece.payloadAt() + piece.payloadSize());
    }

    private void decode(ByteBuffer payload, ByteBuffer content, BlockEncoding stored, Extent extent) {
        int wantedSize = content.remaining();
        int size = decodeUpTo(payload, content, stored, extent);
        if (size != wantedSize) {
            throw failed(
                    CodecError.BLOCK_WRONG_SIZE,
                    extent,
                    "it holds " + size + " bytes of content instead of " + wantedSize,
                    null);
        }
    }

    private int decodeUpTo(ByteBuffer payload, ByteBuffer content, BlockEncoding stored, Extent extent) {
        try {
            return codec(stored).decodeUpTo(payload, content);
        } catch (VmferryException e) {
            if (e.code() instanceof CodecError code && code != CodecError.CODEC_UNAVAILABLE) {
                throw failed(code, extent, e.reason(), e);
            }
            throw e;
        }
    }

    private VmferryException failed(CodecError code, Extent extent, String reason, @Nullable VmferryException cause) {
        EncodedBlock block = extent.encoded();
        String where = block == null || block.offset() < 0 ? "" : " at container offset " + block.offset();
        return new VmferryException(
                code,
                source + ", compressed block of disk offset " + extent.start() + where,
                reason,
                "Copy or export the disk from its source again.",
                cause);
    }

    private Codec codec(BlockEncoding encoding) {
        Codec codec = codecs.get(encoding);
        if (codec == null) {
            codec = provider.open(encoding);
            codecs.put(encoding, codec);
        }
        return codec;
    }

    @Override
    public void close() {
        codecs.values().forEach(Codec::close);
    }
}
