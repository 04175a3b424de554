package io.vmferry.converter.vmdk;

import org.jspecify.annotations.Nullable;

/**
 * One extent of a descriptor: {@code RW 4192256 SPARSE "disk-s001.vmdk"}, with an offset behind the name for {@code FLAT}.
 *
 * @param sectors how much of the disk it makes up
 * @param type FLAT, VMFS, SPARSE, ZERO, VMFSSPARSE, SESPARSE, VMFSRDM, VMFSRAW
 * @param file null for ZERO only
 * @param offset where the extent begins in the file, sectors
 * @param line in the descriptor, for messages
 */
record ExtentLine(
        String access, long sectors, String type, @Nullable String file, long offset, int line) {}
