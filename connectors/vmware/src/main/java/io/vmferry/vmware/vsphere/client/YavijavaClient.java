package io.vmferry.vmware.vsphere.client;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.ws.Argument;
import com.vmware.vim25.ws.SoapClient;
import com.vmware.vim25.ws.XmlGen;
import org.jspecify.annotations.Nullable;

/**
 * What yavijava's stubs talk to instead of its own transport: they write the call, the connection carries it, and the answer is
 * read leniently. Failures are coded and unchecked, as everywhere else.
 */
final class YavijavaClient extends SoapClient {
    private static final String NAMESPACE = "urn:vim25";
    /** What yavijava puts behind the method's name, as it is. */
    private static final String ATTRIBUTE = " xmlns=\"" + NAMESPACE + "\">";

    private static final String BODY = "<soapenv:Body>";
    private static final String END = "</soapenv:Body>";

    private final VimConnection connection;

    YavijavaClient(VimConnection connection) {
        this.connection = connection;
        setVimNameSpace(NAMESPACE);
    }

    @Override
    public @Nullable Object invoke(String method, Argument[] arguments, @Nullable String returns) {
        XmlNode answer = exchange(method, arguments);
        if (returns == null || returns.equals("void")) {
            return null;
        }
        return new LenientObjects().result(answer.all("returnval"), returns);
    }

    private XmlNode exchange(String method, Argument[] arguments) {
        ManagedObjectReference self = (ManagedObjectReference) arguments[0].getValue();
        return connection.callText(
                method,
                new Moref(self.getType(), self.getVal()),
                body(XmlGen.toXML(method, arguments, ATTRIBUTE)),
                VimConnection.CALL_TIMEOUT);
    }

    /** It writes whole messages; the connection makes its own around the call. */
    private static String body(String message) {
        return message.substring(message.indexOf(BODY) + BODY.length(), message.lastIndexOf(END));
    }

    /** Nobody asks for answers as text: the stubs that would are not used. */
    @Override
    public StringBuffer invokeAsString(String method, Argument[] arguments) {
        throw new UnsupportedOperationException("answers are read as elements");
    }
}
