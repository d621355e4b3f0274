package dev.revox.agent.tool.host;

import dev.revox.RevoxException;
import dev.revox.agent.tool.schema.Shape;
import dev.revox.agent.tool.schema.TextFormat;
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
import java.util.Optional;
import java.util.Set;

/** Derives the form of arguments from a record. <b>Thread:</b> Thread-safe; functions. */
final class RecordShape {

    private static final Set<Class<?>> WHOLE =
            Set.of(int.class, Integer.class, long.class, Long.class, short.class, Short.class, BigInteger.class);

    private static final Set<Class<?>> FRACTION =
            Set.of(double.class, Double.class, float.class, Float.class, BigDecimal.class);

    private RecordShape() {}

    static Shape.Members of(Class<? extends Record> type) {
        return members(type, List.of());
    }

    private static Shape.Members members(Class<?> type, List<Class<?>> around) {
        if (around.contains(type)) {
            throw new RevoxException(type.getSimpleName() + ": a record that holds itself has no schema", false);
        }
        List<Class<?>> inside = new ArrayList<>(around);
        inside.add(type);
        List<Shape.Member> members = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String place = type.getSimpleName() + "." + component.getName();
            Description description = component.getAnnotation(Description.class);
            members.add(new Shape.Member(
                    component.getName(),
                    shape(valueType(component.getGenericType()), place, inside),
                    !mayBeLeftOut(component),
                    Optional.ofNullable(description).map(Description::value)));
        }
        return new Shape.Members(members, false);
    }

    static boolean mayBeLeftOut(RecordComponent component) {
        return component.getType() == Optional.class
                || Arrays.stream(component.getAnnotatedType().getAnnotations())
                        .anyMatch(annotation ->
                                annotation.annotationType().getSimpleName().equals("Nullable"));
    }

    /** The type itself, or what an {@code Optional} holds. */
    static Type valueType(Type type) {
        return type instanceof ParameterizedType generic && generic.getRawType() == Optional.class
                ? generic.getActualTypeArguments()[0]
                : type;
    }

    private static Shape shape(Type type, String place, List<Class<?>> around) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return new Shape.Items(shape(generic.getActualTypeArguments()[0], place, around));
        }
        if (!(type instanceof Class<?> plain)) {
            throw unknown(place);
        }
        if (plain == String.class) {
            return Shape.Text.ANY;
        }
        if (plain == boolean.class || plain == Boolean.class) {
            return new Shape.Bool();
        }
        if (plain == LocalDate.class) {
            return Shape.Text.of(TextFormat.DATE);
        }
        if (plain == Instant.class || plain == OffsetDateTime.class) {
            return Shape.Text.of(TextFormat.DATETIME);
        }
        if (WHOLE.contains(plain) || FRACTION.contains(plain)) {
            return new Shape.Numeric(WHOLE.contains(plain));
        }
        if (plain.isEnum()) {
            return Shape.Text.oneOf(Arrays.stream(plain.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name())
                    .toList());
        }
        if (plain.isRecord()) {
            return members(plain, around);
        }
        throw unknown(place);
    }

    private static RevoxException unknown(String place) {
        return new RevoxException(
                place
                        + ": an argument must be a text, number, boolean, enum, date, instant, record, or an Optional or List of these",
                false);
    }
}
