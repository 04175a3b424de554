package io.vmferry.spi.model;

import org.jspecify.annotations.Nullable;

/**
 * Identifiers of a VM. Guests and licences see the first two, so the target keeps them.
 *
 * @param biosUuid SMBIOS system UUID, lower-case with dashes, in the byte order that the guest's firmware tables show as text
 * @param serial SMBIOS serial number as the source has it
 * @param instanceUuid the source's own unique id; never shown to the guest
 */
public record Identity(
        @Nullable String biosUuid,
        @Nullable String serial,
        @Nullable String instanceUuid) {}
