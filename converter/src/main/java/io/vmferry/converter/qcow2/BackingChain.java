package io.vmferry.converter.qcow2;

import io.vmferry.converter.codec.CodecProvider;
import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import io.vmferry.spi.image.ByteSource;
import io.vmferry.spi.image.DiskImage;
import io.vmferry.spi.image.Siblings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Opens a qcow2 image with everything beneath it. Backing files are reached through {@link Siblings} alone, in the format that
 * the image states. Nothing is ever probed: the content of a raw disk is the guest's, who could make it look like a qcow2 image
 * that is laid over another file.
 */
final class BackingChain {
    /** More than any tool makes; each layer costs a file handle and a look-up a block. */
    static final int MAX_DEPTH = 32;

    /** {@code nbd:}, {@code json:}, {@code rbd:} and the like, as QEMU tells them from file names. */
    private static final Pattern PROTOCOL = Pattern.compile("[^/\\\\:]{2,}:.*");

    private static final String FILE = "file:";

    private static final String MOVE = "Put all images of the chain into one folder, and name them without a path by "
            + "qemu-img rebase -u -b NAME -F FORMAT on a copy.";

    private final CodecProvider codecs;
    private final BackingOpener opener;
    private final Set<String> seen = new HashSet<>();
    /** From the top down, to be closed when opening fails. */
    private final List<DiskImage> opened = new ArrayList<>();

    private final List<String> names = new ArrayList<>();

    BackingChain(CodecProvider codecs, BackingOpener opener) {
        this.codecs = codecs;
        this.opener = opener;
    }

    DiskImage open(ByteSource container, Siblings siblings) {
        try {
            descend(container, siblings);
        } catch (RuntimeException | Error e) {
            opened.forEach(image -> closeAfter(image, e));
            throw e;
        }
        DiskImage image = opened.get(opened.size() - 1);
        for (int i = opened.size() - 2; i >= 0; i--) {
            image = new LayeredImage(opened.get(i), image, names.get(i));
        }
        return image;
    }

    private void descend(ByteSource top, Siblings beside) {
        ByteSource container = top;
        Siblings siblings = beside;
        while (true) {
            Qcow2Header header = add(container);
            String stored = header.backingName();
            if (stored == null) {
                return;
            }
            String name = fileName(container, stored);
            String format = format(container, name, header.backingFormat());
            names.add(name);
            if (opened.size() > MAX_DEPTH) {
                throw invalid(container, name, "the chain of backing files is longer than " + MAX_DEPTH);
            }
            ByteSource next = open(container, name, siblings);
            siblings = below(name, siblings);
            if (!format.equals(Qcow2Format.ID)) {
                opened.add(opener.open(format, next, siblings));
                return;
            }
            container = next;
        }
    }

    private Qcow2Header add(ByteSource container) {
        try {
            if (!seen.add(container.name())) {
                throw new VmferryException(
                        Qcow2Error.QCOW2_BACKING_INVALID,
                        container.name(),
                        "it is its own backing file in the end",
                        "Look at the chain with qemu-img info and find the right files.");
            }
            Qcow2Header header = Qcow2Header.read(container);
            opened.add(Qcow2Image.open(container, header, codecs));
            return header;
        } catch (RuntimeException | Error e) {
            closeAfter(container, e);
            throw e;
        }
    }

    private static ByteSource open(ByteSource image, String name, Siblings siblings) {
        try {
            return siblings.open(name);
        } catch (VmferryException e) {
            String remedy = e.code() == CommonError.NAME_NOT_CONFINED ? MOVE : e.remedy();
            throw new VmferryException(e.code(), image.name() + ", backing file " + e.subject(), e.reason(), remedy, e);
        }
    }

    private static String fileName(ByteSource image, String stored) {
        String name = stored.startsWith(FILE) ? stored.substring(FILE.length()) : stored;
        if (PROTOCOL.matcher(name).matches()) {
            throw invalid(image, name, "it is not a file beside the image, but something to connect to");
        }
        return name;
    }

    private static String format(ByteSource image, String name, @Nullable String stated) {
        if (stated == null || stated.isEmpty()) {
            throw new VmferryException(
                    Qcow2Error.QCOW2_BACKING_INVALID,
                    image.name() + ", backing file \"" + name + "\"",
                    "the image does not state the format of its backing file, and to guess it is not safe",
                    "State it with qemu-img rebase -u -b FILE -F FORMAT on a copy of the image.");
        }
        if (!Set.of("raw", Qcow2Format.ID, "vmdk").contains(stated)) {
            throw invalid(image, name, "its format \"" + stated + "\" is none of raw, qcow2, vmdk");
        }
        return stated;
    }

    /** Names in a backing file are relative to its own folder, which may be one below the image's. */
    private static Siblings below(String name, Siblings siblings) {
        int folder = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
        return folder < 0 ? siblings : further -> siblings.open(inFolder(name.substring(0, folder + 1), further));
    }

    /** What is absolute stays so, and is refused by the siblings themselves. */
    private static String inFolder(String folder, String name) {
        return name.startsWith("/") || name.startsWith("\\") || name.contains(":") ? name : folder + name;
    }

    private static VmferryException invalid(ByteSource image, String name, String reason) {
        return new VmferryException(
                Qcow2Error.QCOW2_BACKING_INVALID,
                image.name() + ", backing file \"" + name + "\"",
                reason,
                "Make it one image with qemu-img convert first.");
    }

    private static void closeAfter(AutoCloseable open, Throwable failure) {
        try {
            open.close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }
}
