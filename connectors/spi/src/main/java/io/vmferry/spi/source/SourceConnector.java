package io.vmferry.spi.source;

import java.util.Set;

/** A kind of source: {@code files}, {@code vsphere}, {@code ovirt}. Stateless; found by {@link java.util.ServiceLoader}. */
public interface SourceConnector {
    /** The word in the migration file's {@code type}. */
    String type();

    Set<Capability> capabilities();

    /** Connects. Wrong credentials, trust or address fail here and not later. */
    SourceSession open(SourceConfig config);
}
