package io.vmferry.vmware.vsphere.client;

import io.vmferry.spi.error.CommonError;
import io.vmferry.spi.error.VmferryException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Goes through a container view, a page in memory at a time. One use, one thread. */
final class ObjectPages implements Iterator<ManagedObject>, AutoCloseable {
    private static final int MOST_RESTARTS = 3;
    private static final long PAUSE_MILLIS = 250;

    private final VimConnection connection;
    private final PropertyReader reader;
    private final Moref collector;
    private final String type;
    private final List<String> paths;
    private final Deque<ManagedObject> page = new ArrayDeque<>();
    private final Set<Moref> given = new HashSet<>();
    private @Nullable Moref view;
    private @Nullable String token;
    private boolean atEnd;
    private int restarts;

    ObjectPages(VimConnection connection, PropertyReader reader, String type, List<String> paths) {
        this.connection = connection;
        this.reader = reader;
        this.collector = connection.service("propertyCollector");
        this.type = type;
        this.paths = paths;
    }

    @Override
    public boolean hasNext() {
        while (page.isEmpty() && !atEnd) {
            fetch();
        }
        return !page.isEmpty();
    }

    @Override
    public ManagedObject next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.remove();
    }

    private void fetch() {
        boolean first = token == null;
        try {
            XmlNode answer = first ? start() : proceed(token);
            for (ManagedObject object : PropertyReader.objects(answer)) {
                if (given.add(object.ref())) {
                    page.add(object);
                }
            }
            token = answer.text("returnval.token");
            if (token == null) {
                atEnd = true;
                destroyView();
            }
        } catch (VmferryException e) {
            // A token that the server no longer knows is answered with various faults.
            boolean again = e.code().retryable() || (!first && e instanceof VimFault);
            if (!again || restarts == MOST_RESTARTS) {
                throw e;
            }
            restarts++;
            token = null;
            view = null;
            pause();
        }
    }

    private XmlNode start() {
        XmlNode made = connection.call(
                "CreateContainerView",
                connection.service("viewManager"),
                e -> e.ref("container", connection.service("rootFolder"))
                        .text("type", type)
                        .flag("recursive", true));
        Moref fresh = made.ref("returnval");
        if (fresh == null) {
            throw new VmferryException(
                    io.vmferry.vmware.vsphere.VsphereError.VSPHERE_ANSWER_CUT,
                    connection.server(),
                    "its answer names no view",
                    "Run the same command again.");
        }
        view = fresh;
        return reader.withoutUnknown(
                type,
                paths,
                known -> connection.call("RetrievePropertiesEx", collector, e -> {
                    PropertyReader.viewSpec(e, fresh, type, known);
                    e.group("options", o -> o.number("maxObjects", PropertyReader.PAGE));
                }));
    }

    private XmlNode proceed(@Nullable String from) {
        return connection.call(
                "ContinueRetrievePropertiesEx", collector, e -> e.text("token", from == null ? "" : from));
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS << restarts);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VmferryException(
                    CommonError.CANCELLED,
                    connection.server(),
                    "somebody asked to stop",
                    "Run the same command again.",
                    e);
        }
    }

    private void destroyView() {
        Moref made = view;
        view = null;
        if (made != null) {
            quietly("DestroyView", made, e -> {});
        }
    }

    private void quietly(String method, Moref self, java.util.function.Consumer<Envelope> arguments) {
        try {
            connection.call(method, self, arguments);
        } catch (VmferryException e) {
            // The server forgets it with the session; nothing of ours depends on it.
            return;
        }
    }

    @Override
    public void close() {
        String open = token;
        token = null;
        atEnd = true;
        page.clear();
        if (open != null) {
            quietly("CancelRetrievePropertiesEx", collector, e -> e.text("token", open));
        }
        destroyView();
    }
}
