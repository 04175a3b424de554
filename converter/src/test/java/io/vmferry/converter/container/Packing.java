package io.vmferry.converter.container;

import com.github.luben.zstd.ZstdOutputStream;
import io.vmferry.converter.ImageFormats;
import io.vmferry.converter.copy.CopyOptions;
import io.vmferry.converter.copy.DiskCopy;
import io.vmferry.converter.testing.Disks;
import io.vmferry.converter.testing.MemoryStore;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.ImageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Wraps images for tests. */
final class Packing {
    private Packing() {}

    static byte[] pack(Wrapping wrapping, byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = wrapping == Wrapping.GZIP
                ? new GZIPOutputStream(packed)
                : new ZstdOutputStream(packed, 1).setChecksum(true)) {
            out.write(content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return packed.toByteArray();
    }

    /** An archive of these members, in the map's order, with pax headers where they are needed. */
    static byte[] tar(Map<String, byte[]> members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(member.getKey());
                entry.setSize(member.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(member.getValue());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    static byte[] qcow2(byte[] content) {
        MemoryStore store = new MemoryStore();
        try (DiskImage image = Disks.open(content);
                ImageWriter writer = ImageFormats.writable("qcow2").create(store, content.length, null, null);
                DiskCopy copy = DiskCopy.start(image, writer, CopyOptions.of("test.img"), null, null)) {
            copy.run();
            copy.finish();
        }
        return store.content();
    }
}
