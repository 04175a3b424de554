package io.vmferry.converter.file;

import io.vmferry.spi.error.ErrorCategory;
import io.vmferry.spi.error.ErrorCode;
import io.vmferry.spi.error.VmferryException;
import org.jspecify.annotations.Nullable;

/** Why a device is not written on. */
public enum FileError implements ErrorCode {
    /** A device is mounted, is swap, or belongs to a volume group, an array or a mapping; or that cannot be found out. */
    DEVICE_IN_USE,
    /** A device has fewer bytes than the disk that is to be written on it. */
    DEVICE_TOO_SMALL;

    @Override
    public ErrorCategory category() {
        return ErrorCategory.STORAGE;
    }

    VmferryException of(String device, String reason, String remedy, @Nullable Throwable cause) {
        return new VmferryException(this, device, reason, remedy, cause);
    }
}
