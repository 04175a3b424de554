package io.vmferry.vmware.files.disk;

import io.vmferry.spi.image.ByteSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Closes several sources although one of them may fail. */
final class Closing {
    private Closing() {}

    static void all(List<? extends ByteSource> sources) {
        @Nullable RuntimeException first = null;
        for (ByteSource source : sources) {
            try {
                source.close();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
