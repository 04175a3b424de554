package io.vmferry.converter.codec;

import io.vmferry.spi.image.BlockEncoding;

/** Makes codecs, one per thread that needs one. Safe for many threads. */
@FunctionalInterface
public interface CodecProvider {
    /** @throws io.vmferry.spi.error.VmferryException {@link CodecError#CODEC_UNAVAILABLE} */
    Codec open(BlockEncoding encoding);
}
