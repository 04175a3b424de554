package io.vmferry.vmware.files.ovf;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllocationUnitsTest {
    @ParameterizedTest
    @CsvSource({
        "byte, 1",
        "bytes, 1",
        "byte * 2^20, 1048576",
        "byte*2^30, 1073741824",
        "Byte * 2 ^ 10, 1024",
        "byte * 10^9, 1000000000",
        "byte * 512, 512",
        "byte * 4 * 2^10, 4096",
        "MegaBytes, 1048576",
        "MB, 1048576",
        "KB, 1024",
        "GB, 1073741824",
        "GigaBytes, 1073741824",
        "TeraBytes, 1099511627776"
    })
    void knows(String unit, long bytes) {
        assertThat(AllocationUnits.bytes(unit)).contains(BigInteger.valueOf(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hertz * 10^6",
                "furlongs",
                "byte *",
                "byte * x",
                "byte * 2^",
                "byte * 2^999",
                "byte 2^20",
                "2^20",
                "byte * 2^20 and more",
                "* 2^20",
                "byte / 2"
            })
    void doesNotKnow(String unit) {
        assertThat(AllocationUnits.bytes(unit)).isEmpty();
    }

    @Test
    void longNonsenseTakesNoTime() {
        assertThat(AllocationUnits.bytes("byte " + "* 2^80 ".repeat(1000))).isEmpty();
    }
}
