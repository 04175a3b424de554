package io.vmferry.simulator.vsphere.soap;

import io.vmferry.simulator.vsphere.wire.Data;
import io.vmferry.simulator.vsphere.wire.MoRef;
import io.vmferry.simulator.vsphere.wire.Schema;
import io.vmferry.simulator.vsphere.world.Entity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All managed objects that a session can name, and their properties. Used under the world's lock. */
record Managed(Scope scope, @Nullable Session session) {
    /** A managed object. */
    interface Source {
        /** The value of a whole property; null when it is unset. */
        @Nullable
        Object property(String name);

        /** The value at a path. */
        default @Nullable Object path(String path) {
            String[] steps = path.split("\\.");
            Object value = null;
            for (int i = 0; i < steps.length; i++) {
                String name = steps[i].replaceFirst("\\[.*]$", "");
                value = i == 0 ? property(name) : value instanceof Data data ? data.get(name) : null;
                if (!name.equals(steps[i])) {
                    value = element(value, steps[i].substring(name.length() + 1, steps[i].length() - 1));
                }
            }
            return value;
        }

        /** Elements of arrays are named by their key. */
        private static @Nullable Object element(@Nullable Object value, String key) {
            if (value instanceof List<?> list) {
                for (Object each : list) {
                    if (each instanceof Data data
                            && data.type().fields().containsKey("key")
                            && String.valueOf(data.get("key")).equals(key.replace("\"", ""))) {
                        return each;
                    }
                }
            }
            return null;
        }

        /** Counts changes; -1 when nobody counts them. */
        default long revision() {
            return -1;
        }

        /** The session may not see it. */
        default boolean hidden() {
            return false;
        }
    }

    private record OfEntity(Entity entity, Scope scope) implements Source {
        @Override
        public @Nullable Object property(String name) {
            return EntityProperties.get(entity, name, scope);
        }

        @Override
        public long revision() {
            return entity.revision();
        }

        @Override
        public boolean hidden() {
            return entity.hidden;
        }
    }

    @Nullable
    Source find(MoRef ref) {
        Source service = ServiceProperties.find(ref, scope, session);
        if (service != null) {
            return service;
        }
        Session.View view = session == null ? null : session.view(ref);
        if (view != null) {
            return name -> switch (name) {
                case "container" -> scope.ref(view.container());
                case "type" -> view.types();
                case "recursive" -> view.recursive();
                case "view" -> InventoryMethods.content(view, scope);
                default -> null;
            };
        }
        Entity entity = scope.find(ref);
        return entity != null && scope.ref(entity).type().equals(ref.type()) ? new OfEntity(entity, scope) : null;
    }

    static boolean isA(String type, String wanted) {
        Schema.Type known = Schema.vim().find(type);
        return type.equals(wanted) || known != null && known.is(wanted);
    }
}
