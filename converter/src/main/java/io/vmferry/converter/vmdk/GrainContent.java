package io.vmferry.converter.vmdk;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;

/** Turns a grain's payload into content, or into an error that says which grain is lost. */
final class GrainContent {
    private GrainContent() {}

    /**
     * @param target room for a whole grain from its position on
     * @param needed content bytes that must come out; less than a grain only for the last grain of the disk
     * @param offset of the payload, for messages
     */
    static void inflate(
            GrainInflater inflater,
            ByteBuffer payload,
            ByteBuffer target,
            int needed,
            String file,
            long grain,
            long offset) {
        int before = target.position();
        try {
            inflater.inflate(payload, target);
        } catch (DataFormatException e) {
            String said = e.getMessage();
            throw VmdkError.VMDK_GRAIN_DAMAGED.at(
                    file,
                    "grain " + grain,
                    offset,
                    "its zlib stream is damaged" + (said == null ? "" : ": " + said),
                    e);
        }
        int produced = target.position() - before;
        if (produced < needed) {
            throw VmdkError.VMDK_GRAIN_DAMAGED.at(
                    file, "grain " + grain, offset, "it inflates to " + produced + " bytes instead of " + needed);
        }
    }
}
