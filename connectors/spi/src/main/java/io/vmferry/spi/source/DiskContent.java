package io.vmferry.spi.source;

import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.ByteStream;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.Siblings;

/**
 * How the bytes of a disk come out of its source. Closing it closes what is inside.
 *
 * <p>Connectors do not parse disk formats: they hand out a container, and the converter opens it.
 */
public sealed interface DiskContent extends AutoCloseable {

    /**
     * What a plan records so that a later run can tell whether the disk is still the same: for files the length and time of
     * change. Two equal values mean "not changed as far as the source can tell".
     */
    String version();

    /**
     * Called after the last byte was copied: reads what was never asked for and throws when the source had promised other
     * bytes than it gave (a manifest's digest, a length). Does nothing where nothing was promised.
     */
    void verify();

    /** How the bytes come out and why this way, as one sentence for the plan; empty where there is only one way. */
    default String way() {
        return "";
    }

    @Override
    void close();

    /** A container in some disk format that can be read anywhere: a VMDK on a datastore, a member of an OVA. */
    non-sealed interface Container extends DiskContent {
        ByteSource bytes();

        Siblings siblings();
    }

    /** A container that passes by once: an NFC export, a gzip'd file. */
    non-sealed interface Stream extends DiskContent {
        ByteStream bytes();
    }

    /** The virtual disk itself, its extents told by the server: imageio, flat extents with an allocation map. */
    non-sealed interface Virtual extends DiskContent {
        DiskImage image();
    }
}
