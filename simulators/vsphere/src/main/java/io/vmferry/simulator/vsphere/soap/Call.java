package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.wire.MoRef;
import io.vmferry.simulator.vsphere.wire.Node;
import io.vmferry.simulator.vsphere.wire.SoapFault;
import io.vmferry.simulator.vsphere.wire.SoapWriter;
import io.vmferry.simulator.vsphere.world.Entity;
import io.vmferry.simulator.vsphere.world.SimulatedTask;
import io.vmferry.simulator.vsphere.world.World;
import org.jspecify.annotations.Nullable;

/** One call of a method: who calls, on what, with which arguments, and where the result goes. */
final class Call {
    final SoapService service;
    final Node args;
    final MoRef self;
    final SoapWriter out;
    private @Nullable Session session;
    private @Nullable String newCookie;

    Call(SoapService service, Node args, SoapWriter out, @Nullable Session session) {
        this.service = service;
        this.args = args;
        this.out = out;
        this.session = session;
        MoRef ref = args.ref("_this");
        this.self = ref == null ? new MoRef("", "") : ref;
    }

    Scope scope() {
        return service.scope();
    }

    World world() {
        return service.scope().world();
    }

    /** The session; a fault when nobody is logged in. */
    Session session() {
        if (session == null) {
            throw SoapFault.notAuthenticated(self);
        }
        return session;
    }

    @Nullable
    Session sessionOrNull() {
        return session;
    }

    void loggedIn(Session made) {
        session = made;
        newCookie = made.cookie;
    }

    @Nullable
    String newCookie() {
        return newCookie;
    }

    /** The object that the method is called on. */
    <T extends Entity> T self(Class<T> type) {
        return entity(self, type);
    }

    <T extends Entity> T entity(@Nullable MoRef ref, Class<T> type) {
        Entity entity = ref == null ? null : scope().find(ref);
        if (ref == null) {
            throw SoapFault.invalidArgument(type.getSimpleName());
        }
        if (!type.isInstance(entity)) {
            throw SoapFault.notFound(ref);
        }
        return type.cast(entity);
    }

    String text(String name) {
        String value = args.text(name);
        if (value == null) {
            throw SoapFault.invalidArgument(name);
        }
        return value;
    }

    /** A fault when nobody has this privilege. */
    void require(String privilege) {
        session();
        if (world().deniedPrivileges.contains(privilege)) {
            throw SoapFault.noPermission(self, privilege);
        }
    }

    /** Returns a data object, a scalar, or a list of either. */
    void returns(Object value, String declared) {
        out.value("returnval", value, declared);
    }

    void returns(MoRef ref) {
        out.ref("returnval", ref);
    }

    void returns(SimulatedTask task) {
        returns(scope().ref(task));
    }
}
