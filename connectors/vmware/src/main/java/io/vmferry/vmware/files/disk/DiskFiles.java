package io.vmferry.vmware.files.disk;

import io.vmferry.spi.file.GunzipStream;
import io.vmferry.spi.file.SourceStream;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.source.DiskContent;
import io.vmferry.vmware.files.manifest.Manifest;
import io.vmferry.vmware.files.pack.PackageFile;
import io.vmferry.vmware.files.pack.PackageFiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files that one disk consists of.
 *
 * @param files what they are part of
 * @param container the file that is opened, in its chunks
 * @param others files that belong to it as well: extents and parents that its descriptor names
 * @param gzip the container is gzip'd
 * @param manifest null none
 */
public record DiskFiles(
        PackageFiles files,
        List<PackageFile> container,
        List<PackageFile> others,
        boolean gzip,
        @Nullable Manifest manifest) {
    public DiskFiles {
        container = List.copyOf(container);
        others = List.copyOf(others);
    }

    /** Bytes of the container as it is stored. */
    public long bytes() {
        return container.stream().mapToLong(PackageFile::size).sum();
    }

    /** The same as long as no file of the disk changed as far as the file system can tell. */
    public String version() {
        List<PackageFile> all = new ArrayList<>(container);
        all.addAll(others);
        Instant changed = all.stream()
                .map(f -> f.stamp().changed())
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        String lengths = all.stream().map(f -> Long.toString(f.size())).collect(Collectors.joining("+"));
        long offset = container.get(0).offset();
        return "length=" + lengths + (offset == 0 ? "" : ";offset=" + offset) + ";changed=" + changed;
    }

    public DiskContent open() {
        ProvenFiles proven = new ProvenFiles(files, manifest);
        List<ByteSource> chunks = new ArrayList<>();
        try {
            for (PackageFile file : container) {
                chunks.add(proven.open(file));
            }
            PackageFile first = container.get(0);
            ByteSource bytes = chunks.size() == 1
                    ? chunks.get(0)
                    : new ChunkedSource(first.path() + " (" + chunks.size() + " chunks)", chunks);
            return gzip
                    ? new Packed(new GunzipStream(new SourceStream(bytes)), version(), proven)
                    : new Plain(bytes, version(), proven);
        } catch (RuntimeException e) {
            Closing.all(chunks);
            proven.close();
            throw e;
        }
    }

    /** Content of a disk without any file. */
    public static DiskContent blank(long size) {
        return new Blank(new BlankDisk(size));
    }

    private record Plain(ByteSource bytes, String version, ProvenFiles siblings) implements DiskContent.Container {
        @Override
        public void verify() {
            siblings.verify();
        }

        @Override
        public void close() {
            siblings.close();
            bytes.close();
        }
    }

    private record Packed(GunzipStream bytes, String version, ProvenFiles proven) implements DiskContent.Stream {
        @Override
        public void verify() {
            proven.verify();
        }

        @Override
        public void close() {
            proven.close();
            bytes.close();
        }
    }

    private record Blank(BlankDisk image) implements DiskContent.Virtual {
        @Override
        public String version() {
            return "blank;length=" + image.size();
        }

        @Override
        public void verify() {
            // Nothing was promised.
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
