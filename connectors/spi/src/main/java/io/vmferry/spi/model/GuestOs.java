package io.vmferry.spi.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operating system inside, as far as the source knows it.
 *
 * @param id in the source's vocabulary, for instance {@code ubuntu64Guest}
 * @param fullName for people; the source's or the guest agent's words
 * @param hostName null when no agent told it
 * @param agent state of guest tools or agent in the source's words; null when there is none
 * @param fileSystems what the agent reported
 */
public record GuestOs(
        String id,
        Family family,
        String fullName,
        @Nullable String hostName,
        @Nullable String agent,
        List<GuestFileSystem> fileSystems) {
    public GuestOs {
        fileSystems = List.copyOf(fileSystems);
    }

    /** What decides drivers, clock and names of interfaces. */
    public enum Family {
        LINUX,
        WINDOWS,
        OTHER,
        UNKNOWN
    }
}
