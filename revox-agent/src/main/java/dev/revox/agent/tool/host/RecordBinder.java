package dev.revox.agent.tool.host;

import dev.revox.RevoxException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fills a record with arguments that fit its {@link RecordShape}.
 *
 * <p><b>Thread:</b> Thread-safe; functions.
 */
final class RecordBinder {

    private RecordBinder() {}

    static <A extends Record> A bind(Class<A> type, Map<?, ?> values) throws UnfitArgumentException {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            Object given = values.get(component.getName());
            @Nullable
            Object value = given == null
                    ? null
                    : value(RecordShape.valueType(component.getGenericType()), component.getName(), given);
            arguments[i] = component.getType() == Optional.class ? Optional.ofNullable(value) : value;
        }
        return create(type, components, arguments);
    }

    private static <A> A create(Class<A> type, RecordComponent[] components, @Nullable Object[] arguments)
            throws UnfitArgumentException {
        try {
            Constructor<A> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof IllegalArgumentException told) {
                // A record that judges its components says what is wrong with them.
                throw new UnfitArgumentException("the arguments do not fit: " + told.getMessage());
            }
            throw new RevoxException("a tool's record could not be made", refused, false);
        } catch (ReflectiveOperationException closed) {
            throw new RevoxException("a tool's record could not be made", closed, false);
        }
    }

    private static Object value(Type type, String path, Object given) throws UnfitArgumentException {
        if (type instanceof ParameterizedType generic) {
            List<Object> items = new ArrayList<>();
            for (Object item : (List<?>) given) {
                items.add(value(generic.getActualTypeArguments()[0], path + "[" + items.size() + "]", item));
            }
            return List.copyOf(items);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == LocalDate.class) {
            return LocalDate.parse(given.toString());
        }
        if (plain == OffsetDateTime.class) {
            return OffsetDateTime.parse(given.toString());
        }
        if (plain == Instant.class) {
            return OffsetDateTime.parse(given.toString()).toInstant();
        }
        if (plain.isEnum()) {
            return constant(plain, given.toString());
        }
        if (plain.isRecord()) {
            return bind(plain.asSubclass(Record.class), (Map<?, ?>) given);
        }
        return given instanceof Number number ? number(plain, path, number) : given;
    }

    private static Object constant(Class<?> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> ((Enum<?>) constant).name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Object number(Class<?> type, String path, Number given) throws UnfitArgumentException {
        BigDecimal exact = new BigDecimal(given.toString());
        try {
            return switch (type.getSimpleName()) {
                case "int", "Integer" -> exact.intValueExact();
                case "long", "Long" -> exact.longValueExact();
                case "short", "Short" -> exact.shortValueExact();
                case "BigInteger" -> whole(exact);
                case "BigDecimal" -> exact;
                case "float", "Float" -> exact.floatValue();
                default -> exact.doubleValue();
            };
        } catch (ArithmeticException tooLarge) {
            throw new UnfitArgumentException("argument " + path + " is too large");
        }
    }

    private static BigInteger whole(BigDecimal exact) {
        // 1e999999999 is short to write and needs gigabytes to hold.
        if (exact.precision() - exact.scale() > 100) {
            throw new ArithmeticException("more than 100 digits");
        }
        return exact.toBigIntegerExact();
    }
}
