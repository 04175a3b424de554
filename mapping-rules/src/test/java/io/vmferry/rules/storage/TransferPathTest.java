package io.vmferry.rules.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmferry.rules.model.Transfer;
import io.vmferry.rules.model.Transfer.Compression;
import io.vmferry.rules.model.Transfer.Format;
import io.vmferry.spi.image.BlockEncoding;
import io.vmferry.spi.plan.ImageSummary;
import io.vmferry.spi.testing.SampleVms;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransferPathTest {
    private static final long GIB = 1L << 30;

    @ParameterizedTest
    @CsvSource({
        // format, compression, share encoded %, block size, variant -> encoding, beginning of the sentence, share of
        // stored bytes written
        "QCOW2, AUTO, 100, 65536, streamOptimized, DEFLATE, pass-through: 100 %, true",
        "QCOW2, AUTO,  60, 65536, streamOptimized, DEFLATE, pass-through: 60 %, true",
        "QCOW2, AUTO,  50, 65536, streamOptimized, , expand: only 50 %, false",
        "QCOW2, AUTO, 100,  4096, streamOptimized, , expand: the source's, false",
        "QCOW2, AUTO,   0, 65536, monolithicSparse, , copy:, false",
        "QCOW2, AUTO, 100, 65536, 'v3, zstd', ZSTD, pass-through:, true",
        "QCOW2, NONE, 100, 65536, streamOptimized, , expand: 100 %, false",
        "QCOW2, NONE,   0, 65536, flat, , copy:, false",
        "QCOW2, ZLIB, 100, 65536, streamOptimized, DEFLATE, pass-through:, true",
        "QCOW2, ZLIB,   0, 65536, flat, DEFLATE, compress: blocks are compressed with zlib, false",
        "QCOW2, ZSTD, 100, 65536, streamOptimized, ZSTD, recompress: blocks are compressed with zstd, false",
        "RAW,   AUTO, 100, 65536, streamOptimized, , expand: 100 %, false",
        "RAW,   NONE,   0, 65536, flat, , copy:, false",
    })
    void theWayIsChosenAndExplained(
            Format format,
            Compression compression,
            int encoded,
            int blockSize,
            String variant,
            @Nullable BlockEncoding encoding,
            String sentence,
            boolean storedAsIs) {
        long data = 2 * GIB;
        long stored = data - data * encoded / 100 / 2;
        ImageSummary image = new ImageSummary(
                variant.contains("zstd") ? "qcow2" : "vmdk",
                variant,
                10 * GIB,
                data,
                stored,
                data * encoded / 100,
                blockSize);
        TransferPath path = TransferPath.of(
                new Transfer(format, compression, 1, 1, OptionalInt.empty()), SampleVms.disk(0, 10 * GIB), image);
        assertThat(path.encoding()).isEqualTo(encoding);
        assertThat(path.sentence()).startsWith(sentence);
        assertThat(path.bytesToRead()).isEqualTo(stored);
        long tables = format == Format.RAW ? 0 : 4 * 65_536 + 10 * GIB / 65_536 * 10;
        assertThat(path.bytesToWrite()).isEqualTo(tables + (storedAsIs ? stored : data));
    }

    @Test
    void anEmptyDiskIsSaidToBeEmpty() {
        ImageSummary image = new ImageSummary("vmdk", "streamOptimized", 10 * GIB, 0, 0, 0, 65_536);
        TransferPath path = TransferPath.of(Transfer.DEFAULT, SampleVms.disk(0, 10 * GIB), image);
        assertThat(path.sentence()).isEqualTo("empty: the disk holds no data");
        assertThat(path.encoding()).isNull();
    }

    @Test
    void aDiskThatWasNotOpenedIsEstimatedFromTheInventory() {
        TransferPath path = TransferPath.of(Transfer.DEFAULT, SampleVms.disk(0, 10 * GIB), null);
        assertThat(path.sentence()).startsWith("unknown:");
        assertThat(path.bytesToRead()).isEqualTo(10 * GIB);
        assertThat(path.bytesToWrite()).isEqualTo(10 * GIB);
        assertThat(TransferPath.of(Transfer.DEFAULT, SampleVms.disk(0, -5), null)
                        .bytesToRead())
                .isZero();
    }
}
