package io.vmferry.spi.error;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** Turns what the operating system says into a coded error; the one place that knows how the JDK words a full disk. */
public final class IoFailure {
    private IoFailure() {}

    /** @param subject what was read, with the offset where one is known */
    public static VmferryException reading(String subject, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return new VmferryException(
                    CommonError.FILE_NOT_FOUND,
                    subject,
                    "it does not exist",
                    "Check the path for typing errors.",
                    cause);
        }
        if (cause instanceof AccessDeniedException) {
            return new VmferryException(
                    CommonError.FILE_UNREADABLE,
                    subject,
                    "this user may not read it",
                    "Give the user that runs vmferry the right to read it.",
                    cause);
        }
        return new VmferryException(
                CommonError.READ_FAILED,
                subject,
                "reading failed (" + said(cause) + ")",
                "Check the medium or the mount it lies on, then run the same command again.",
                cause);
    }

    /** @param subject what was written, with the offset where one is known */
    public static VmferryException writing(String subject, IOException cause) {
        if (isDiskFull(cause)) {
            return new VmferryException(
                    CommonError.DISK_FULL,
                    subject,
                    "no space is left on the device",
                    "Free some space or choose another folder, then run the same command again.",
                    cause);
        }
        if (cause instanceof AccessDeniedException || cause instanceof NoSuchFileException) {
            return new VmferryException(
                    CommonError.FILE_UNWRITABLE,
                    subject,
                    "it cannot be created or written here (" + said(cause) + ")",
                    "Choose a folder that exists and that the user who runs vmferry may write.",
                    cause);
        }
        return new VmferryException(
                CommonError.WRITE_FAILED,
                subject,
                "writing failed (" + said(cause) + ")",
                "Check the device it lies on, then run the same command again.",
                cause);
    }

    private static boolean isDiskFull(IOException cause) {
        String text = cause.getMessage();
        return text != null && (text.contains("No space left") || text.contains("Disk quota exceeded"));
    }

    private static String said(IOException cause) {
        @Nullable String text = cause.getMessage();
        return text == null ? cause.getClass().getSimpleName() : text;
    }
}
