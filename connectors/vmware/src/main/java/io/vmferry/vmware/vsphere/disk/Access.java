package io.vmferry.vmware.vsphere.disk;

/** What lets us read one file: the session of the connection, or a ticket for this file. Safe for many threads. */
public interface Access {
    /** {@code name=value} for the Cookie header. A secret: never in messages. */
    String cookie();

    /** The server answered a request with this cookie. */
    default void accepted(String cookie) {}

    /**
     * The server refused this cookie. The next {@link #cookie} is another one, if there can be another.
     *
     * @return false when there can be none: the refusal is final
     */
    boolean refused(String cookie);
}
