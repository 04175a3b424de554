package io.vmferry.converter.testing;

import io.vmferry.converter.codec.Codec;
import io.vmferry.converter.codec.CodecProvider;
import io.vmferry.converter.codec.Codecs;
import io.vmferry.spi.image.BlockEncoding;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** The best codecs, counting what they are used for. */
public final class CountingCodecs implements CodecProvider {
    public final AtomicInteger decoded = new AtomicInteger();
    public final AtomicInteger encoded = new AtomicInteger();
    public final AtomicInteger open = new AtomicInteger();

    @Override
    public Codec open(BlockEncoding encoding) {
        Codec codec = Codecs.best().open(encoding);
        open.incrementAndGet();
        return new Codec() {
            @Override
            public BlockEncoding encoding() {
                return codec.encoding();
            }

            @Override
            public String library() {
                return codec.library();
            }

            @Override
            public int decodeUpTo(ByteBuffer payload, ByteBuffer content) {
                decoded.incrementAndGet();
                return codec.decodeUpTo(payload, content);
            }

            @Override
            public boolean encode(ByteBuffer content, ByteBuffer payload) {
                encoded.incrementAndGet();
                return codec.encode(content, payload);
            }

            @Override
            public void close() {
                open.decrementAndGet();
                codec.close();
            }
        };
    }
}
