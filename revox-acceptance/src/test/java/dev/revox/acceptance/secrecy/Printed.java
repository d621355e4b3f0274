package dev.revox.acceptance.secrecy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What objects print when somebody logs them, or any of the product's objects that they hold. */
final class Printed {

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<String> texts = new ArrayList<>();

    private Printed() {}

    /** The {@code toString} of each object of ours in there, however deep. */
    static List<String> by(Object... objects) {
        Printed printed = new Printed();
        for (Object object : objects) {
            printed.walk(object);
        }
        return printed.texts;
    }

    /** The message, stack and causes of an exception. */
    static String by(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private void walk(Object object) {
        switch (object) {
            case Optional<?> optional -> optional.ifPresent(this::walk);
            case Collection<?> all -> all.forEach(this::walk);
            case Map<?, ?> map -> map.values().forEach(this::walk);
            default -> {
                if (object.getClass().getName().startsWith("dev.revox.") && seen.add(object)) {
                    texts.add(object.getClass().getSimpleName() + " " + object);
                    if (object instanceof Record) {
                        components(object);
                    }
                }
            }
        }
    }

    private void components(Object object) {
        for (RecordComponent component : object.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                Object value = component.getAccessor().invoke(object);
                if (value != null) {
                    walk(value);
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(component + " cannot be read", e);
            }
        }
    }
}
