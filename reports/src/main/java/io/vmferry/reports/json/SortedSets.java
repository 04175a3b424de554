package io.vmferry.reports.json;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.util.StdConverter;

/** Writes sets in order: sets of the JDK iterate differently in every process, reports must not. */
final class SortedSets extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Object findSerializationConverter(MapperConfig<?> config, Annotated member) {
        return Set.class.isAssignableFrom(member.getRawType()) ? new Sorted() : null;
    }

    private static final class Sorted extends StdConverter<Set<?>, List<?>> {
        @Override
        public List<?> convert(Set<?> set) {
            return set.stream().sorted().toList();
        }
    }
}
