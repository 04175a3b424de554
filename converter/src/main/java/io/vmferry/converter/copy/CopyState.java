package io.vmferry.converter.copy;

/** Why a slice ended. */
public enum CopyState {
    /** Its time was used up; the next slice goes on. */
    MORE,
    /** A stop was asked for; a later copy goes on from the checkpoint. */
    STOPPED,
    /** The whole disk is written; what is left is {@link DiskCopy#finish}. */
    COMPLETE
}
