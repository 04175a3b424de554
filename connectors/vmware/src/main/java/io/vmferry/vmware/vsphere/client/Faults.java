package io.vmferry.vmware.vsphere.client;

import io.vmferry.vmware.vsphere.VsphereError;

/** Turns vim25's faults into coded errors; the one place that knows their names. */
public final class Faults {
    private static final int LONGEST = 300;

    private Faults() {}

    /**
     * The fault of a call: {@code faultcode}, {@code faultstring}, {@code detail} with one element.
     *
     * @param subject what the call was about
     */
    static VimFault ofCall(XmlNode fault, String subject) {
        String said = fault.text("faultstring", "");
        XmlNode detail = fault.at("detail");
        if (detail == null || detail.children().isEmpty()) {
            return fault("", XmlNode.of("detail", java.util.List.of()), said, subject);
        }
        XmlNode typed = detail.children().get(0);
        // An element without xsi:type is called after its type: InvalidLoginFault.
        String type = typed.type().isEmpty() ? typed.name().replaceFirst("Fault$", "") : typed.type();
        return fault(type, typed, said, subject);
    }

    /** A fault inside of an answer: of a task, a lease, a property that could not be read. */
    public static VimFault inside(XmlNode localized, String subject) {
        XmlNode fault = localized.at("fault");
        return fault == null
                ? fault("", localized, localized.text("localizedMessage", ""), subject)
                : fault(fault.type(), fault, localized.text("localizedMessage", ""), subject);
    }

    private static VimFault fault(String type, XmlNode detail, String said, String subject) {
        String words = said.isBlank() ? "" : " (" + shortened(said) + ")";
        Worded worded = switch (type) {
            case "InvalidLogin" ->
                new Worded(
                        VsphereError.VSPHERE_LOGIN_REFUSED,
                        "user name or password is wrong",
                        "Check user (with its domain, as in administrator@vsphere.local) and the password's file or"
                                + " variable; several failures lock an account for some minutes.");
            case "NoClientCertificate", "PasswordExpired", "InvalidLocale" ->
                new Worded(
                        VsphereError.VSPHERE_LOGIN_REFUSED,
                        "the account may not log in" + words,
                        "Log in to the vSphere client with this account and do what it asks for.");
            case "NotAuthenticated" ->
                new Worded(
                        VsphereError.VSPHERE_SESSION_LOST,
                        "the session ended, and a new one was ended as well",
                        "Look whether somebody ends this account's sessions, then run the same command again.");
            case "NoPermission", "RestrictedByAdministrator" ->
                new Worded(
                        VsphereError.VSPHERE_NO_PERMISSION,
                        "the account lacks the privilege " + detail.text("privilegeId", "for it")
                                + (detail.text("object") == null ? "" : " on " + detail.text("object")),
                        "Give the account's role this privilege; the connector's page lists all that are needed.");
            case "ManagedObjectNotFound" ->
                new Worded(
                        VsphereError.VSPHERE_OBJECT_GONE,
                        detail.text("obj", "the object") + " is no longer in the inventory",
                        "Make the plan again.");
            case "NoDiskSpace", "InsufficientStorageSpace", "DatastoreNotWritableOnHost", "FileTooLarge" ->
                new Worded(
                        VsphereError.VSPHERE_DATASTORE_FULL,
                        "the datastore " + detail.text("datastore", "of the VM") + " has no space left" + words,
                        "Free space on the datastore; a running VM's snapshot grows while its disks are read.");
            case "FileLocked", "CannotAccessFile", "FileFault", "CannotAccessVmDisk" ->
                new Worded(
                        VsphereError.VSPHERE_FILE_LOCKED,
                        "the file " + detail.text("file", "of the VM") + " is locked or cannot be opened" + words,
                        "Look for a backup, another copy or a host that holds it, then run the same command again.");
            case "InvalidPowerState" ->
                new Worded(
                        VsphereError.VSPHERE_POWER_STATE,
                        "the VM is " + detail.text("existingState", "in another power state") + " and would have to be "
                                + detail.text("requestedState", "in another one"),
                        "Bring the VM into that state, or choose another way to read it.");
            case "ToolsUnavailable" ->
                new Worded(
                        VsphereError.VSPHERE_TOOLS_MISSING,
                        "VMware Tools do not run in the guest, so it cannot be asked to shut down",
                        "Shut the guest down yourself, or allow the power to be cut.");
            case "TaskInProgress" ->
                new Worded(
                        VsphereError.VSPHERE_TASK_IN_PROGRESS,
                        "another task works on it: " + detail.text("task", "one without a name"),
                        "Wait for the task's end, then run the same command again.");
            case "HostCommunication", "HostNotConnected", "HostNotReachable", "InvalidHostConnectionState" ->
                new Worded(
                        VsphereError.VSPHERE_BUSY,
                        "the ESXi host does not answer the vCenter" + words,
                        "Look at the host's connection in the vSphere client, then run the same command again.");
            case "MethodNotFound", "NotSupported", "NotImplemented" ->
                new Worded(
                        VsphereError.VSPHERE_NOT_SUPPORTED,
                        "the server cannot do that" + words,
                        "Look at the connector's page for the versions and objects that it needs.");
            default ->
                new Worded(
                        VsphereError.VSPHERE_CALL_REFUSED,
                        "the server refuses: " + (type.isEmpty() ? "" : type) + (said.isBlank() ? "" : words),
                        "Look at the task list and the events of the vSphere client for the reason.");
        };
        return new VimFault(worded.code, subject, worded.reason, worded.remedy, type, detail);
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    private record Worded(VsphereError code, String reason, String remedy) {}
}
