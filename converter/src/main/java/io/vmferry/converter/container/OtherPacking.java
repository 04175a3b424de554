package io.vmferry.converter.container;

import io.vmferry.spi.error.VmferryException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;

/** Compression that is not read here. Taken for a raw disk, a file of it would become a disk of rubbish without a word. */
final class OtherPacking {
    private static final Map<String, String> BEGINNINGS = Map.of(
            "fd377a585a00", "xz",
            "425a6839314159265359", "bzip2",
            "504b0304", "zip",
            "377abcaf271c", "7z",
            "04224d18", "lz4",
            "4c5a4950", "lzip");

    private OtherPacking() {}

    /** @param head the first bytes, between position and limit */
    static void refuse(ByteBuffer head, String name) {
        byte[] bytes = new byte[Math.min(head.remaining(), 16)];
        head.duplicate().get(bytes);
        String hex = HexFormat.of().formatHex(bytes);
        for (Map.Entry<String, String> known : BEGINNINGS.entrySet()) {
            if (hex.startsWith(known.getKey())) {
                throw new VmferryException(
                        ContainerError.CONTAINER_UNSUPPORTED,
                        name,
                        "it is compressed with " + known.getValue() + ", and only gzip and zstd are read",
                        "Unpack it first. What writes it to a pipe can be read there, with 'vmferry convert - DST'.");
            }
        }
    }
}
