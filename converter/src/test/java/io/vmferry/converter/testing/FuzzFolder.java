package io.vmferry.converter.testing;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.file.SourceRange;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.Siblings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Several files out of one input, so that a fuzzer can change a whole chain: a line stands between them, wherever bytes are
 * inserted or removed. Their names are {@code 0}, {@code 1} and so on; the first is the one to open.
 */
public final class FuzzFolder implements Siblings {
    private static final byte[] BORDER = "\n--next file--\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST = 8;

    private final List<byte[]> files = new ArrayList<>();

    public FuzzFolder(byte[] input) {
        int start = 0;
        for (int at = 0; at + BORDER.length <= input.length && files.size() < MOST - 1; at++) {
            if (input[at] == BORDER[0] && Arrays.equals(input, at, at + BORDER.length, BORDER, 0, BORDER.length)) {
                files.add(Arrays.copyOfRange(input, start, at));
                start = at + BORDER.length;
                at = start - 1;
            }
        }
        files.add(Arrays.copyOfRange(input, start, input.length));
    }

    /** The input that gives these files. */
    public static byte[] join(List<byte[]> files) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (int i = 0; i < files.size(); i++) {
            joined.writeBytes(i == 0 ? new byte[0] : BORDER);
            joined.writeBytes(files.get(i));
        }
        return joined.toByteArray();
    }

    /** The file to begin with. */
    public ByteSource first() {
        return open("0");
    }

    @Override
    public ByteSource open(String name) {
        for (int i = 0; i < files.size(); i++) {
            if (name.equals(Integer.toString(i))) {
                byte[] bytes = files.get(i);
                return new SourceRange(new MemoryStore(bytes), name, 0, bytes.length);
            }
        }
        throw new VmferryException(CommonError.FILE_NOT_FOUND, name, "it is not there", "Put it there.");
    }
}
