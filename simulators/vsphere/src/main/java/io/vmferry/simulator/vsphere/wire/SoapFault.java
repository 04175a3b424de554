package io.vmferry.simulator.vsphere.wire;

/** A fault that a method ends with. The detail is the typed fault, the message what vCenter prints for it. */
public final class SoapFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Data detail;

    public SoapFault(Data detail, String message) {
        super(message);
        this.detail = detail;
    }

    public SoapFault(String type, String message) {
        this(Data.of(type), message);
    }

    public Data detail() {
        return detail;
    }

    public String message() {
        return String.valueOf(getMessage());
    }

    /** As it stands in the result of a task or in a missing property. */
    public Data localized() {
        return Data.of("LocalizedMethodFault").set("fault", detail).set("localizedMessage", message());
    }

    public static SoapFault notAuthenticated(MoRef object) {
        return new SoapFault(
                Data.of("NotAuthenticated").set("object", object).set("privilegeId", "System.View"),
                "The session is not authenticated.");
    }

    public static SoapFault noPermission(MoRef object, String privilege) {
        return new SoapFault(
                Data.of("NoPermission").set("object", object).set("privilegeId", privilege),
                "Permission to perform this operation was denied.");
    }

    public static SoapFault notFound(MoRef object) {
        return new SoapFault(
                Data.of("ManagedObjectNotFound").set("obj", object),
                "The object '" + "vim." + object.type() + ":" + object.id()
                        + "' has already been deleted or has not been completely created");
    }

    public static SoapFault invalidArgument(String name) {
        return new SoapFault(
                Data.of("InvalidArgument").set("invalidProperty", name),
                "A specified parameter was not correct: " + name);
    }
}
