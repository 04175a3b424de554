package io.vmferry.converter.copy;

import io.vmferry.converter.codec.CodecProvider;
import io.vmferry.converter.codec.Codecs;
import io.vmferry.converter.digest.BlkHash;

/**
 * How to copy. All but {@code verify} and {@code sha256} changes speed only.
 *
 * @param source what the source is called in messages
 * @param threads workers
 * @param verify check every compressed block and compute the content digest; off only where the user asked for it
 * @param sha256 compute the plain SHA-256 of the raw content as well, which takes one core all the time and decodes everything
 * @param chunkSize bytes of the virtual disk that a worker takes at a time, a multiple of 64 KiB
 */
public record CopyOptions(
        String source,
        int threads,
        boolean verify,
        boolean sha256,
        int chunkSize,
        CodecProvider codecs,
        CopyProgress progress) {
    private static final int CHUNK = 1 << 20;
    private static final int MOST_THREADS = 16;

    public CopyOptions {
        if (threads < 1 || chunkSize < BlkHash.BLOCK || chunkSize % BlkHash.BLOCK != 0) {
            throw new IllegalArgumentException(threads + " threads, chunks of " + chunkSize + " bytes");
        }
    }

    /** All cores, verified, without progress. */
    public static CopyOptions of(String source) {
        return new CopyOptions(source, defaultThreads(), true, false, CHUNK, Codecs.best(), CopyProgress.NONE);
    }

    /**
     * One more than cores, as at most times one of them waits for the medium; bounded, as each has buffers of its own and writes
     * to one file take turns anyway.
     */
    public static int defaultThreads() {
        return Math.min(Runtime.getRuntime().availableProcessors() + 1, MOST_THREADS);
    }

    public CopyOptions withThreads(int count) {
        return new CopyOptions(source, count, verify, sha256, chunkSize, codecs, progress);
    }

    public CopyOptions withVerify(boolean on) {
        return new CopyOptions(source, threads, on, sha256, chunkSize, codecs, progress);
    }

    public CopyOptions withSha256(boolean on) {
        return new CopyOptions(source, threads, verify, on, chunkSize, codecs, progress);
    }

    public CopyOptions withChunkSize(int bytes) {
        return new CopyOptions(source, threads, verify, sha256, bytes, codecs, progress);
    }

    public CopyOptions withCodecs(CodecProvider provider) {
        return new CopyOptions(source, threads, verify, sha256, chunkSize, provider, progress);
    }

    public CopyOptions withProgress(CopyProgress listener) {
        return new CopyOptions(source, threads, verify, sha256, chunkSize, codecs, listener);
    }
}
