package dev.revox.template;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON body whose strings hold placeholders.
 *
 * <p>The template is read as JSON first and filled afterwards, in the tree: whatever the values hold, the result has the
 * template's structure. A string that is exactly one placeholder becomes the typed JSON value; where the value is missing its
 * member is dropped, and in an array it becomes null. Inside a longer string a missing value is empty.
 *
 * <p><b>Thread:</b> Immutable.
 */
public final class JsonTemplate {

    /** Deeper bodies are refused. */
    public static final int MAX_DEPTH = 64;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final JsonNode root;
    private final Set<String> names;

    private JsonTemplate(JsonNode root, Set<String> names) {
        this.root = root;
        this.names = names;
    }

    /**
     * Reads a template.
     *
     * @throws TemplateException when it is not JSON, or a member's name holds a placeholder
     */
    public static JsonTemplate of(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException unreadable) {
            throw new TemplateException("must be JSON, with placeholders inside quoted strings");
        }
        if (root.isMissingNode()) {
            throw new TemplateException("must be JSON, with placeholders inside quoted strings");
        }
        Set<String> names = new LinkedHashSet<>();
        collect(root, names);
        return new JsonTemplate(root, Collections.unmodifiableSet(names));
    }

    /** The placeholders' names, each once, in order of appearance. */
    public Set<String> names() {
        return names;
    }

    /**
     * The body.
     *
     * @param values strings, numbers, booleans, lists and maps; anything else is taken by its {@code toString}
     */
    public String fill(Map<String, ?> values) {
        return fill(root, values).orElse(JsonNodeFactory.instance.nullNode()).toString();
    }

    private static void collect(JsonNode node, Set<String> names) {
        if (node.isTextual()) {
            names.addAll(Template.of(node.textValue()).names());
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (!Template.of(member.getKey()).names().isEmpty()) {
                throw new TemplateException("placeholders may stand in values only, not in the names of members");
            }
        }
        for (JsonNode child : node) {
            collect(child, names);
        }
    }

    private static Optional<JsonNode> fill(JsonNode node, Map<String, ?> values) {
        if (node instanceof ObjectNode object) {
            ObjectNode filled = JsonNodeFactory.instance.objectNode();
            object.properties()
                    .forEach(member ->
                            fill(member.getValue(), values).ifPresent(value -> filled.set(member.getKey(), value)));
            return Optional.of(filled);
        }
        if (node instanceof ArrayNode array) {
            ArrayNode filled = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> filled.add(fill(item, values).orElse(JsonNodeFactory.instance.nullNode())));
            return Optional.of(filled);
        }
        return node.isTextual() ? fillText(Template.of(node.textValue()), values) : Optional.of(node);
    }

    private static Optional<JsonNode> fillText(Template text, Map<String, ?> values) {
        Optional<String> only = text.onlyName();
        if (only.isPresent()) {
            return Optional.<Object>ofNullable(values.get(only.get())).map(JsonTemplate::typed);
        }
        return Optional.of(JsonNodeFactory.instance.textNode(text.fillWith(name -> {
            Object value = values.get(name);
            return value == null ? "" : plain(value);
        })));
    }

    /** A whole number prints without a fraction. */
    static String plain(Object value) {
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    }

    private static JsonNode typed(Object value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (value) {
            case Boolean bool -> nodes.booleanNode(bool);
            case Integer number -> nodes.numberNode(number);
            case Long number -> nodes.numberNode(number);
            case Double number ->
                Double.isFinite(number) ? nodes.numberNode(number) : nodes.textNode(number.toString());
            case BigDecimal number -> nodes.numberNode(number);
            case BigInteger number -> nodes.numberNode(number);
            case Map<?, ?> map -> {
                ObjectNode object = nodes.objectNode();
                map.forEach(
                        (key, item) -> object.set(String.valueOf(key), item == null ? nodes.nullNode() : typed(item)));
                yield object;
            }
            case Collection<?> list -> {
                ArrayNode array = nodes.arrayNode();
                list.forEach(item -> array.add(item == null ? nodes.nullNode() : typed(item)));
                yield array;
            }
            default -> nodes.textNode(value.toString());
        };
    }

    /** Names only: the text may be private. */
    @Override
    public String toString() {
        return "JsonTemplate" + names;
    }
}
