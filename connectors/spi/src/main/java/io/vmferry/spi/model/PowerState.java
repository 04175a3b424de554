package io.vmferry.spi.model;

/** Power state at the source. */
public enum PowerState {
    ON,
    OFF,
    SUSPENDED,
    /** The source has no such thing (files) or does not say. */
    UNKNOWN
}
