package dev.revox.wire.json;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The forms that a member of the response can take. <b>Thread:</b> Immutable. */
public final class Nodes {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private Nodes() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static void textOrNull(ObjectNode object, String name, Optional<String> text) {
        setOrNull(object, name, text.map(JsonNodeFactory.instance::textNode));
    }

    public static void setOrNull(ObjectNode object, String name, Optional<? extends JsonNode> value) {
        if (value.isPresent()) {
            object.set(name, value.get());
        } else {
            object.putNull(name);
        }
    }

    public static void textIfPresent(ObjectNode object, String name, Optional<String> text) {
        text.ifPresent(value -> object.put(name, value));
    }

    public static ObjectNode textMap(Map<String, String> entries) {
        ObjectNode object = object();
        entries.forEach(object::put);
        return object;
    }

    public static JsonNode texts(List<String> texts) {
        var array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    /** Whole numbers without a fraction, as people write them. */
    public static JsonNode number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? JsonNodeFactory.instance.numberNode((long) value)
                : JsonNodeFactory.instance.numberNode(value);
    }

    public static JsonNode number(BigDecimal value) {
        return value.signum() == 0 || value.stripTrailingZeros().scale() <= 0
                ? JsonNodeFactory.instance.numberNode(value.toBigInteger())
                : JsonNodeFactory.instance.numberNode(value);
    }

    /** Any value made of maps, lists, strings, numbers and booleans. */
    public static JsonNode value(Object value) {
        return MAPPER.valueToTree(value);
    }

    public static Map<String, Object> map(JsonNode object) {
        return MAPPER.convertValue(object, MAP);
    }
}
