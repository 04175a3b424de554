package io.vmferry.vmware.vsphere.disk;

/** Reads with the session's own cookie. A refusal means a new login, once for each cookie. */
record SessionAccess(FolderCalls calls) implements Access {
    @Override
    public String cookie() {
        return calls.cookie();
    }

    @Override
    public boolean refused(String cookie) {
        calls.renew(cookie);
        return !calls.cookie().equals(cookie);
    }
}
