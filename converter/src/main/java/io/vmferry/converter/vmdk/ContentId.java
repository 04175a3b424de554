package io.vmferry.converter.vmdk;

import org.jspecify.annotations.Nullable;

/**
 * The content id (CID) by which a snapshot knows its parent: 32 bits in hexadecimal digits, new whenever a disk is written to
 * for the first time after it was opened.
 */
final class ContentId {
    private static final long NONE = 0xffffffffL;
    /** The 32 bits do not tell; {@code ddb.longContentID} does. */
    private static final long LONG = 0xfffffffeL;

    private static final int DIGITS = 8;

    private ContentId() {}

    /** Whether this parentCID says that there is no parent. */
    static boolean isNone(String parentCid) {
        return parentCid.isEmpty() || parentCid.equalsIgnoreCase("ffffffff");
    }

    /**
     * Refuses a parent that is not the disk the child was made of.
     *
     * @return whether the ids say for sure that it is; not when the id is the one that stands for "see the long one", of which
     *     a child has no copy
     */
    static boolean require(Descriptor child, String childFile, @Nullable Descriptor parent, String parentFile) {
        if (parent == null || parent.cid().isEmpty()) {
            throw VmdkError.VMDK_PARENT_CHANGED.of(
                    childFile, "its parent " + parentFile + " has no content id (CID) to know it by");
        }
        long wanted = parse(child.parentCid(), "parentCID", childFile);
        if (wanted == NONE) {
            throw VmdkError.VMDK_BAD_DESCRIPTOR.of(
                    childFile, "its descriptor names a parent, but its parentCID says that there is none");
        }
        long found = parse(parent.cid(), "CID", parentFile);
        String whole = parent.longContentId();
        if (found != wanted && found == LONG && whole.length() >= DIGITS) {
            found = parse(whole.substring(whole.length() - DIGITS), "ddb.longContentID", parentFile);
        }
        if (found != wanted) {
            throw VmdkError.VMDK_PARENT_CHANGED.of(
                    childFile,
                    String.format(
                            "it was made of a disk with the content id %08x, but its parent %s has %08x",
                            wanted, parentFile, found));
        }
        return wanted != LONG;
    }

    private static long parse(String digits, String key, String file) {
        // QEMU leaves leading zeros out.
        if (!digits.matches("[0-9a-fA-F]{1,8}")) {
            throw VmdkError.VMDK_BAD_DESCRIPTOR.of(
                    file,
                    "its " + key + " \"" + DescriptorParser.printable(digits)
                            + "\" is not of up to 8 hexadecimal digits");
        }
        return Long.parseLong(digits, 16);
    }
}
