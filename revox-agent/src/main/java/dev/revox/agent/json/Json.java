package dev.revox.agent.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A JSON object that a provider sent, read without trust: what is missing or of another type is simply absent.
 *
 * <p><b>Thread:</b> Immutable.
 */
public final class Json {

    /** How deep a document may nest. */
    public static final int DEEPEST = 32;

    /** How long a document may be. */
    public static final int LONGEST_CHARS = 4 << 20;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(LONGEST_CHARS)
                            .maxDocumentLength(LONGEST_CHARS)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode node;

    private Json(JsonNode node) {
        this.node = node;
    }

    /**
     * Reads an object.
     *
     * @throws MalformedJsonException when it is none, or exceeds {@value #DEEPEST} levels or {@value #LONGEST_CHARS} characters
     */
    public static Json read(String text) throws MalformedJsonException {
        // Jackson counts characters only when it has to fetch more of them, so a string in hand is measured here.
        if (text.length() > LONGEST_CHARS) {
            throw new MalformedJsonException("JSON longer than " + LONGEST_CHARS + " characters");
        }
        try {
            JsonNode root = MAPPER.readTree(text);
            if (!root.isObject()) {
                throw new MalformedJsonException("JSON that is no object");
            }
            return new Json(root);
        } catch (StreamConstraintsException e) {
            throw new MalformedJsonException("JSON beyond its limits");
        } catch (JsonProcessingException e) {
            throw new MalformedJsonException("text that is no JSON");
        }
    }

    /** Writes maps, lists, strings, numbers and booleans. */
    public static String write(Map<String, ?> members) {
        return MAPPER.valueToTree(members).toString();
    }

    public Optional<String> text(String member) {
        JsonNode value = node.path(member);
        return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
    }

    /** True when the member is there and true. */
    public boolean isTrue(String member) {
        return node.path(member).isBoolean() && node.path(member).booleanValue();
    }

    public Optional<Integer> integer(String member) {
        JsonNode value = node.path(member);
        return value.canConvertToInt() ? Optional.of(value.intValue()) : Optional.empty();
    }

    public Optional<Json> object(String member) {
        JsonNode value = node.path(member);
        return value.isObject() ? Optional.of(new Json(value)) : Optional.empty();
    }

    public OptionalDouble number(String member) {
        JsonNode value = node.path(member);
        return value.isNumber() ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty();
    }

    /** The objects of an array; empty when there is none. */
    public List<Json> objects(String member) {
        List<Json> objects = new ArrayList<>();
        for (JsonNode element : node.path(member)) {
            if (element.isObject()) {
                objects.add(new Json(element));
            }
        }
        return objects;
    }

    /** Itself, as JSON. */
    public String asText() {
        return node.toString();
    }

    /** The strings of an array; empty when there is none. */
    public List<String> texts(String member) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : node.path(member)) {
            texts.add(element.asText());
        }
        return texts;
    }

    /** The numbers of an array; empty when there is none. */
    public double[] numbers(String member) {
        JsonNode array = node.path(member);
        double[] numbers = new double[array.isArray() ? array.size() : 0];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.get(i).asDouble();
        }
        return numbers;
    }
}
