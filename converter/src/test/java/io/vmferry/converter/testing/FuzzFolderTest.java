package io.vmferry.converter.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vmferry.spi.error.VmferryException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FuzzFolderTest {
    @Test
    void takesApartWhatItJoined() {
        byte[] input = FuzzFolder.join(List.of(new byte[3], new byte[0], new byte[7]));
        FuzzFolder folder = new FuzzFolder(input);
        assertThat(folder.first().size()).isEqualTo(3);
        assertThat(folder.open("1").size()).isZero();
        assertThat(folder.open("2").size()).isEqualTo(7);
        assertThatThrownBy(() -> folder.open("3")).isInstanceOf(VmferryException.class);
    }

    /** The end of one border may be the beginning of another. */
    @Test
    void takesAnyBytes() {
        byte[] input = "\n--next file--\n--next file--\n".getBytes(StandardCharsets.US_ASCII);
        FuzzFolder folder = new FuzzFolder(input);
        assertThat(folder.first().size()).isZero();
        assertThat(folder.open("1").size()).isEqualTo(14);
    }
}
