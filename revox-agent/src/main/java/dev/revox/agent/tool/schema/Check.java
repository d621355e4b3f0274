package dev.revox.agent.tool.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges what a model wrote. A problem names the argument and what it should have been, never its value.
 *
 * <p><b>Thread:</b> Thread-safe; functions.
 */
final class Check {

    private Check() {}

    static Optional<String> problem(Shape shape, String path, @Nullable Object value) {
        return switch (shape) {
            case Shape.Text text -> text(text, path, value);
            case Shape.Numeric number -> {
                if (!(value instanceof Number given) || !finite(given)) {
                    yield wrong(path, "must be a number, not quoted");
                }
                yield number.whole() && !whole(given) ? wrong(path, "must be a whole number") : Optional.empty();
            }
            case Shape.Bool bool ->
                value instanceof Boolean ? Optional.empty() : wrong(path, "must be true or false, not quoted");
            case Shape.Items items ->
                value instanceof List<?> list ? items(items, path, list) : wrong(path, "must be a list");
            case Shape.Members members ->
                value instanceof Map<?, ?> map ? members(members, path, map) : wrong(path, "must be an object");
            case Shape.Foreign foreign -> Optional.empty();
        };
    }

    private static Optional<String> text(Shape.Text text, String path, @Nullable Object value) {
        if (!(value instanceof String given)) {
            return wrong(path, "must be a text");
        }
        if (!text.options().isEmpty() && !text.options().contains(given)) {
            return wrong(path, "must be one of: " + String.join(", ", text.options()));
        }
        return text.format().matches(given)
                ? Optional.empty()
                : wrong(path, "must be " + text.format().wanted());
    }

    private static Optional<String> items(Shape.Items items, String path, List<?> list) {
        for (int i = 0; i < list.size(); i++) {
            Optional<String> problem = problem(items.each(), path + "[" + i + "]", list.get(i));
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> members(Shape.Members object, String path, Map<?, ?> given) {
        String prefix = path.isEmpty() ? "" : path + ".";
        for (Shape.Member member : object.members()) {
            Object value = given.get(member.name());
            if (value == null) {
                if (member.required()) {
                    return wrong(prefix + member.name(), "is required");
                }
                continue;
            }
            Optional<String> problem = problem(member.shape(), prefix + member.name(), value);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return object.open() ? Optional.empty() : unknown(object, prefix, given);
    }

    private static Optional<String> unknown(Shape.Members object, String prefix, Map<?, ?> given) {
        List<String> known = object.members().stream().map(Shape.Member::name).toList();
        return given.keySet().stream()
                .map(String::valueOf)
                .filter(name -> !known.contains(name))
                .findFirst()
                .flatMap(name -> wrong(
                        prefix + name,
                        known.isEmpty()
                                ? "is not an argument; there are none"
                                : "is not an argument; there are only: "
                                        + known.stream().collect(Collectors.joining(", "))));
    }

    private static boolean finite(Number number) {
        return Double.isFinite(number.doubleValue()) || number instanceof BigInteger || number instanceof BigDecimal;
    }

    private static boolean whole(Number number) {
        return number instanceof Integer
                || number instanceof Long
                || number instanceof BigInteger
                || number.doubleValue() == Math.rint(number.doubleValue());
    }

    private static Optional<String> wrong(String path, String what) {
        return Optional.of("argument " + (path.isEmpty() ? "object" : path) + " " + what);
    }
}
