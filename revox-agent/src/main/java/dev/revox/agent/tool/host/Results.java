package dev.revox.agent.tool.host;

import dev.revox.RevoxException;
import dev.revox.agent.json.ModelJson;
import dev.revox.agent.tool.ToolOutput;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a host's method gave, as the model reads it. <b>Thread:</b> Thread-safe; functions. */
final class Results {

    private static final int DEEPEST = 32;

    private Results() {}

    static ToolOutput output(@Nullable Object result) {
        return switch (result) {
            case null -> ToolOutput.of("Done.");
            case ToolOutput output -> output;
            case CharSequence text -> ToolOutput.of(text.toString());
            default -> ToolOutput.of(ModelJson.write(plain(result, 0)));
        };
    }

    private static @Nullable Object plain(@Nullable Object value, int depth) {
        if (depth > DEEPEST) {
            throw new RevoxException("a tool's result is nested too deeply", false);
        }
        return switch (value) {
            case null -> null;
            case Number number -> number;
            case Boolean bool -> bool;
            case Enum<?> constant -> constant.name();
            case Optional<?> optional -> plain(optional.orElse(null), depth);
            case Record fields -> members(fields, depth);
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                map.forEach((key, item) -> members.put(String.valueOf(key), plain(item, depth + 1)));
                yield members;
            }
            case Collection<?> items -> list(items, depth);
            default -> value.getClass().isArray() ? list(elements(value), depth) : value.toString();
        };
    }

    private static List<@Nullable Object> list(Collection<?> items, int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        items.forEach(item -> list.add(plain(item, depth + 1)));
        return list;
    }

    private static List<@Nullable Object> elements(Object array) {
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            elements.add(Array.get(array, i));
        }
        return elements;
    }

    private static Map<String, @Nullable Object> members(Record fields, int depth) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (RecordComponent component : fields.getClass().getRecordComponents()) {
            try {
                var accessor = component.getAccessor();
                accessor.setAccessible(true);
                members.put(component.getName(), plain(accessor.invoke(fields), depth + 1));
            } catch (ReflectiveOperationException closed) {
                throw new RevoxException("a tool's result could not be read", closed, false);
            }
        }
        return members;
    }
}
