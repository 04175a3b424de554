package io.vmferry.converter.vmdk;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The JDK's zlib; keeps as many inflaters as threads used it at the same time. */
final class JdkInflater implements GrainInflater {
    private final ConcurrentLinkedQueue<Inflater> idle = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    @Override
    public void inflate(ByteBuffer zlib, ByteBuffer target) throws DataFormatException {
        Inflater inflater = idle.poll();
        if (inflater == null) {
            inflater = new Inflater();
        }
        try {
            inflater.reset();
            inflater.setInput(zlib);
            while (target.hasRemaining() && inflater.inflate(target) > 0) {
                // zlib usually fills the target at the first call
            }
            // A full target does not prove the end: the checksum is read only when zlib is asked for more.
            if (!inflater.finished() && inflater.inflate(ByteBuffer.allocate(1)) > 0) {
                throw new DataFormatException("it holds more than a grain");
            }
            if (!inflater.finished()) {
                throw new DataFormatException("it ends early");
            }
            if (zlib.hasRemaining()) {
                throw new DataFormatException("bytes follow its end");
            }
        } finally {
            idle.add(inflater);
            if (closed) {
                close();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Inflater inflater = idle.poll(); inflater != null; inflater = idle.poll()) {
            inflater.end();
        }
    }
}
