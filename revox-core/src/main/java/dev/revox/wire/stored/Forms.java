package dev.revox.wire.stored;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.revox.phone.PhoneNumber;
import dev.revox.schedule.CallingWindow;
import dev.revox.schedule.RetryPolicy;
import dev.revox.schedule.WallTime;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The values that rows are made of. What is empty is left out. <b>Thread:</b> Immutable. */
final class Forms {
    private Forms() {}

    static void put(ObjectNode json, String name, Optional<?> value) {
        value.ifPresent(present -> json.put(name, present.toString()));
    }

    static void number(ObjectNode json, String name, Optional<PhoneNumber> number) {
        number.ifPresent(present -> json.put(name, present.e164()));
    }

    static String text(JsonNode json, String name) {
        return json.required(name).textValue();
    }

    static Optional<String> maybeText(JsonNode json, String name) {
        return Optional.ofNullable(json.get(name)).map(JsonNode::textValue);
    }

    static Optional<Instant> instant(JsonNode json, String name) {
        return maybeText(json, name).map(Instant::parse);
    }

    static <E extends Enum<E>> Optional<E> choice(JsonNode json, String name, Class<E> type) {
        return maybeText(json, name).map(text -> Enum.valueOf(type, text));
    }

    static <T> List<T> list(JsonNode array, Function<JsonNode, T> reader) {
        List<T> items = new ArrayList<>(array.size());
        array.forEach(item -> items.add(reader.apply(item)));
        return items;
    }

    static Map<String, String> texts(JsonNode object) {
        Map<String, String> map = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().textValue()));
        return map;
    }

    static ArrayNode zones(List<ZoneId> zones) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        zones.forEach(zone -> json.add(zone.getId()));
        return json;
    }

    static ObjectNode policy(RetryPolicy policy) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode days = json.putArray("days");
        policy.allowedDays().forEach(day -> days.add(day.name()));
        json.put("twice", policy.callTwiceInARow());
        ArrayNode windows = json.putArray("windows");
        policy.windows()
                .forEach(window -> windows.addObject()
                        .put("start", window.start().minuteOfDay())
                        .put("end", window.end().minuteOfDay())
                        .put("delay", window.retryDelay().toString()));
        json.put("attempts", policy.maxAttempts());
        put(json, "zone", policy.timezone().map(ZoneId::getId));
        return json;
    }

    static RetryPolicy policy(JsonNode json) {
        Set<DayOfWeek> days = new LinkedHashSet<>();
        json.required("days").forEach(day -> days.add(DayOfWeek.valueOf(day.textValue())));
        return new RetryPolicy(
                days,
                json.required("twice").booleanValue(),
                list(json.required("windows"), Forms::window),
                json.required("attempts").longValue(),
                maybeText(json, "zone").map(ZoneId::of));
    }

    private static CallingWindow window(JsonNode json) {
        return new CallingWindow(
                new WallTime(json.required("start").intValue()),
                new WallTime(json.required("end").intValue()),
                Duration.parse(text(json, "delay")));
    }

    static Map<String, Object> values(JsonNode object) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        object.properties().forEach(entry -> map.put(entry.getKey(), value(entry.getValue())));
        @SuppressWarnings("NullAway") // A JSON null is a value here; the record's map takes it.
        Map<String, Object> values = map;
        return values;
    }

    private static @Nullable Object value(JsonNode json) {
        return switch (json.getNodeType()) {
            case OBJECT -> values(json);
            case ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>(json.size());
                json.forEach(item -> items.add(value(item)));
                yield items;
            }
            case STRING -> json.textValue();
            case BOOLEAN -> json.booleanValue();
            case NUMBER -> json.isIntegralNumber() ? json.numberValue() : fraction(json.decimalValue());
            default -> null;
        };
    }

    private static Number fraction(BigDecimal exact) {
        double nearest = exact.doubleValue();
        return Double.isFinite(nearest)
                        && new BigDecimal(Double.toString(nearest)).toString().equals(exact.toString())
                ? (Number) nearest
                : exact;
    }
}
