package io.vmferry.converter.copy;

import io.vmferry.converter.digest.BlkHash;
import io.vmferry.spi.image.Block;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.image.EncodedBlock;
import io.vmferry.spi.image.Extent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the writer's blocks out of a finished chunk: runs of zeros and of plain data become one block each. */
final class BlockList {
    private static final int BLOCK = BlkHash.BLOCK;

    private BlockList() {}

    /** Sets {@link Chunk#blocks} and {@link Chunk#counts}. */
    static void make(Chunk chunk, @Nullable BlockEncoding encoding) {
        if (chunk.zeroRun) {
            long length = chunk.end - chunk.start;
            chunk.blocks = List.of(Block.empty(Extent.zero(chunk.start, length)));
            chunk.counts = new CopyCounts(0, 0, 0, 0, length);
            return;
        }
        List<Block> blocks = new ArrayList<>();
        long passed = 0;
        long reencoded = 0;
        long plain = 0;
        long zeros = 0;
        int count = chunk.blockCount();
        for (int i = 0; i < count; ) {
            Chunk.Kind kind = chunk.kinds[i];
            int next = i + 1;
            switch (kind) {
                case ZERO -> {
                    next = runEnd(chunk, i, count);
                    Extent extent = extent(chunk, i, next);
                    zeros += extent.length();
                    blocks.add(Block.empty(Extent.zero(extent.start(), extent.length())));
                }
                case LOADED -> throw new IllegalStateException("block " + i + " was not looked at");
                case PLAIN -> {
                    next = runEnd(chunk, i, count);
                    plain += next - i;
                    Extent extent = extent(chunk, i, next);
                    blocks.add(new Block(extent, slice(chunk.content(), i * BLOCK, (int) extent.length())));
                }
                case PASSED -> {
                    passed++;
                    blocks.add(encoded(chunk, i, chunk.payload(), encoding));
                }
                case WRAPPED -> {
                    passed++;
                    blocks.add(encoded(chunk, i, chunk.encoded(), encoding));
                }
                case REENCODED -> {
                    reencoded++;
                    blocks.add(encoded(chunk, i, chunk.encoded(), encoding));
                }
            }
            i = next;
        }
        chunk.blocks = blocks;
        chunk.counts = new CopyCounts(chunk.bytesRead, passed, reencoded, plain, zeros);
    }

    private static int runEnd(Chunk chunk, int from, int count) {
        int end = from + 1;
        while (end < count && chunk.kinds[end] == chunk.kinds[from]) {
            end++;
        }
        return end;
    }

    private static Extent extent(Chunk chunk, int from, int to) {
        long start = chunk.start + (long) from * BLOCK;
        return Extent.data(start, Math.min(chunk.end, chunk.start + (long) to * BLOCK) - start);
    }

    private static Block encoded(Chunk chunk, int i, ByteBuffer bytes, @Nullable BlockEncoding encoding) {
        if (encoding == null) {
            throw new IllegalStateException("an encoded block for a plain target");
        }
        EncodedBlock block = new EncodedBlock(encoding, -1, chunk.size[i]);
        Extent extent = Extent.encoded(chunk.start + (long) i * BLOCK, chunk.blockLength(i), block);
        return new Block(extent, slice(bytes, chunk.at[i], chunk.size[i]), chunk.crc[i]);
    }

    private static ByteBuffer slice(ByteBuffer buffer, int at, int size) {
        return buffer.slice(at, size);
    }
}
