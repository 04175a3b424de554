package io.vmferry.converter.container;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.Siblings;
import java.util.Locale;

/** What is refused of containers, in the same words wherever it is met. */
final class Refusals {
    static final String UNPACK_TAR =
            "Take the disk out first: tar -xOf FILE MEMBER, which can also be piped into 'vmferry convert - DST'.";

    static final Siblings NO_SIBLINGS = name -> {
        throw new VmferryException(
                CommonError.FILE_NOT_FOUND,
                name,
                "an image refers to it, but was compressed or came through a pipe, where no other files are beside it",
                "Unpack all files of the disk into one folder.");
    };

    private Refusals() {}

    static VmferryException nested(String name) {
        return new VmferryException(
                ContainerError.CONTAINER_NESTED,
                name,
                "inside it is an archive or a compressed file once more, and only one is looked into",
                UNPACK_TAR);
    }

    static VmferryException notSeekable(String name, Wrapping wrapping) {
        return new VmferryException(
                ContainerError.CONTAINER_NOT_SEEKABLE,
                name,
                "it is compressed with " + wrapping.name().toLowerCase(Locale.ROOT)
                        + ", so it cannot be read at any offset",
                "Unpack it into a file first.");
    }
}
