package io.vmferry.converter.container;

import io.vmferry.spi.file.GunzipStream;
import io.vmferry.spi.image.ByteStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What bytes are wrapped in, as their first ones tell. */
public enum Wrapping {
    NONE,
    GZIP,
    ZSTD,
    /** ustar, pax or GNU; the old kind without a magic is not recognised. */
    TAR;

    /** First bytes that are looked at. */
    public static final int HEAD = 512;

    private static final int ZSTD_MAGIC = 0xfd2fb528;
    /** Frames to be skipped, RFC 8878, 3.1.2; the last four bits are anything. */
    private static final int ZSTD_SKIPPABLE = 0x184d2a50;

    private static final int TAR_MAGIC = 257;

    /** @param head between position and limit; fewer bytes than {@link #HEAD} are all there are */
    public static Wrapping of(ByteBuffer head) {
        ByteBuffer bytes = head.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() >= 3 && bytes.get(0) == 0x1f && bytes.get(1) == (byte) 0x8b && bytes.get(2) == 8) {
            return GZIP;
        }
        if (bytes.remaining() >= 4) {
            int magic = bytes.getInt(0);
            if (magic == ZSTD_MAGIC || (magic & ~0xf) == ZSTD_SKIPPABLE) {
                return ZSTD;
            }
        }
        byte[] tar = new byte[5];
        if (bytes.remaining() >= HEAD) {
            bytes.get(TAR_MAGIC, tar);
        }
        return new String(tar, StandardCharsets.US_ASCII).equals("ustar") ? TAR : NONE;
    }

    /** Whether it is compressed as a whole, so that it can only be read front to back. */
    public boolean packs() {
        return this == GZIP || this == ZSTD;
    }

    /** The content of what is {@linkplain #packs packed} so. It owns the packed stream, which is closed on failure as well. */
    public ByteStream unpack(ByteStream packed) {
        return switch (this) {
            case GZIP -> new GunzipStream(packed);
            case ZSTD -> new UnzstdStream(packed);
            case NONE, TAR -> throw new IllegalArgumentException(this + " is not packed");
        };
    }
}
