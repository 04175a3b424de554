package io.vmferry.spi.image;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A disk format that can be recognised and read. Implementations have no state. */
public interface ImageFormat {
    /** Bytes of a container's start that {@link #probe} may look at; a shorter container gives fewer. */
    int HEAD = 4096;

    /** Short name as used in flags, plans and reports: {@code vmdk}, {@code qcow2}, {@code raw}. */
    String id();

    /** Whether the container is of this format, by its first bytes alone. Raw says yes to everything and is asked last. */
    boolean probe(ByteBuffer head);

    /**
     * Opens a container for random access. The image owns {@code container} from the call on and closes it, also when this
     * method throws.
     *
     * @param siblings how to reach further files that the container names, confined to its folder
     */
    DiskImage open(ByteSource container, Siblings siblings);

    /**
     * Opens a container that passes by once, or gives null where the format or variant cannot be read without going back.
     * Ownership as in {@link #open}.
     */
    @Nullable
    DiskStream openStream(ByteStream container);
}
