package io.vmferry.spi.file;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The content of a gzip file of one or more members (RFC 1952). Length and CRC-32 of each member are proven; its end counts only
 * after they were, so read until there is nothing more. Padding with zeros behind the last member is allowed, nothing else is.
 * Memory is bounded whatever the file says. Owns the packed stream, and closes it when it does not begin with a member.
 */
public final class GunzipStream implements ByteStream {
    private static final int BUFFER = 256 << 10;
    private static final int DEFLATE = 8;
    // Flags of a member's head.
    private static final int HEAD_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final ByteStream packed;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER).limit(0);
    /** Packed bytes that were read into the buffer so far. */
    private long fetched;

    private long position;
    private long memberStart;
    private boolean inMember;
    private boolean closed;

    public GunzipStream(ByteStream packed) {
        this.packed = packed;
        try {
            nextMember(true);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public String name() {
        return packed.name();
    }

    @Override
    public int read(ByteBuffer target) {
        int start = target.position();
        while (target.hasRemaining() && (inMember || nextMember(false))) {
            inflate(target);
        }
        return target.position() - start;
    }

    private void inflate(ByteBuffer target) {
        int from = target.position();
        try {
            inflater.inflate(target);
        } catch (DataFormatException e) {
            throw damaged("compressed data", "they are no deflate data", e);
        }
        if (target.position() > from) {
            position += target.position() - from;
            crc.update(target.duplicate().position(from).limit(target.position()));
        }
        if (inflater.finished()) {
            endMember();
        } else if (inflater.needsDictionary()) {
            throw damaged("compressed data", "they need a dictionary", null);
        } else if (inflater.needsInput()) {
            if (!fetch()) {
                throw truncated("compressed data");
            }
            inflater.setInput(in);
        } else if (target.position() == from) {
            throw damaged("compressed data", "they lead nowhere", null);
        }
    }

    private void endMember() {
        long sum = little(4, "member's end");
        long length = little(4, "member's end");
        if (sum != crc.getValue()) {
            throw damaged("member's end", "the CRC-32 of its content is another one", null);
        }
        if (length != (position - memberStart & 0xffffffffL)) {
            throw damaged("member's end", "the length of its content is another one", null);
        }
        inMember = false;
    }

    /** Reads the head of the next member; false at the proven end. */
    private boolean nextMember(boolean first) {
        if (!in.hasRemaining() && !fetch()) {
            if (first) {
                throw truncated("member's head");
            }
            return false;
        }
        if (!first && in.get(in.position()) == 0) {
            skipPadding();
            return false;
        }
        if (little(2, "member's head") != 0x8b1f) {
            throw damaged("member's head", first ? "it is no gzip file" : "bytes follow that are no gzip", null);
        }
        int method = next("member's head");
        int flags = next("member's head");
        if (method != DEFLATE || (flags & RESERVED) != 0) {
            throw damaged("member's head", "method " + method + " or flags " + flags + " are not known", null);
        }
        // Time, hints, operating system.
        little(6, "member's head");
        if ((flags & EXTRA) != 0) {
            for (long left = little(2, "member's head"); left > 0; left--) {
                next("member's head");
            }
        }
        skipText((flags & NAME) != 0);
        skipText((flags & COMMENT) != 0);
        if ((flags & HEAD_CRC) != 0) {
            little(2, "member's head");
        }
        crc.reset();
        inflater.reset();
        inflater.setInput(in);
        memberStart = position;
        inMember = true;
        return true;
    }

    private void skipText(boolean there) {
        while (there && next("member's head") != 0) {
            // Up to its closing zero.
        }
    }

    private void skipPadding() {
        while (in.hasRemaining() || fetch()) {
            if (in.get() != 0) {
                throw damaged("end", "bytes follow that are no gzip", null);
            }
        }
    }

    private long little(int bytes, String structure) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) next(structure) << 8 * i;
        }
        return value;
    }

    private int next(String structure) {
        if (!in.hasRemaining() && !fetch()) {
            throw truncated(structure);
        }
        return in.get() & 0xff;
    }

    private boolean fetch() {
        in.clear();
        int n = packed.read(in);
        in.flip();
        fetched += n;
        return n > 0;
    }

    private VmferryException truncated(String structure) {
        return new VmferryException(
                CommonError.GZIP_TRUNCATED,
                where(structure),
                "the file ends inside it",
                "Copy or download the file again; it is incomplete.");
    }

    private VmferryException damaged(String structure, String reason, @Nullable Exception cause) {
        return new VmferryException(
                CommonError.GZIP_DAMAGED,
                where(structure),
                reason,
                "Copy or download the file again; it is damaged.",
                cause);
    }

    private String where(String structure) {
        return packed.name() + ", " + structure + " at offset " + (fetched - in.remaining()) + " (unpacked offset "
                + position + ")";
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            inflater.end();
            packed.close();
        }
    }
}
