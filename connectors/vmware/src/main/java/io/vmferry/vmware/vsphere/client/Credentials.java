package io.vmferry.vmware.vsphere.client;

import java.util.function.Supplier;

/**
 * Who logs in.
 *
 * @param user with its domain where it has one
 * @param password asked for at each login and never kept, so that one that was changed in its file is seen
 */
public record Credentials(String user, Supplier<String> password) {
    @Override
    public String toString() {
        return user;
    }
}
