package dev.revox.wire.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns text into a tree within fixed limits, and notes members given twice.
 *
 * <p><b>Thread:</b> Immutable.
 */
public final class JsonText {

    /** Deepest nesting of objects and lists; the page needs seven. */
    public static final int MAX_DEPTH = 32;

    /** Longest name of a member. */
    public static final int MAX_NAME_CHARS = 256;

    /** Longest number. */
    public static final int MAX_NUMBER_CHARS = 64;

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final JsonFactory factory;
    private final int maxBodyBytes;

    public JsonText(int maxBodyBytes) {
        this.maxBodyBytes = maxBodyBytes;
        // Coarse limits; strings and numbers have exact ones where their place is known.
        factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNameLength(MAX_NAME_CHARS)
                        .maxNumberLength(4 * MAX_NUMBER_CHARS)
                        .maxStringLength(maxBodyBytes)
                        .build())
                .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, false)
                .build();
    }

    /** The tree, or nothing when the text is no JSON document; the reason is among the problems then. */
    public Optional<JsonNode> read(String text, Problems problems) {
        if (!fits(text)) {
            problems.add("$", "the body must not be larger than " + maxBodyBytes + " bytes");
            return Optional.empty();
        }
        try (JsonParser parser = factory.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                problems.add("$", "the body is empty; it must be a JSON object");
                return Optional.empty();
            }
            JsonNode root = value(parser, first, "$", problems);
            if (parser.nextToken() != null) {
                problems.add("$", "the body must be one JSON object, but something follows it");
            }
            return Optional.of(root);
        } catch (StreamConstraintsException tooMuch) {
            problems.add(
                    "$",
                    "the body nests deeper than " + MAX_DEPTH + " levels, or has a name of more than " + MAX_NAME_CHARS
                            + " or a number of more than " + 4 * MAX_NUMBER_CHARS + " characters");
        } catch (JsonProcessingException unreadable) {
            problems.add("$", "the body is not JSON" + position(unreadable));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Optional.empty();
    }

    private static String position(JsonProcessingException unreadable) {
        return unreadable.getLocation() == null
                ? ""
                : ", see line " + unreadable.getLocation().getLineNr() + " column "
                        + unreadable.getLocation().getColumnNr();
    }

    private boolean fits(String text) {
        if (text.length() > maxBodyBytes) {
            return false;
        }
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Each half of a surrogate pair counts two of the four bytes.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes <= maxBodyBytes;
    }

    private static JsonNode value(JsonParser parser, @Nullable JsonToken token, String path, Problems problems)
            throws IOException {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (token == null) {
            throw new IllegalStateException("the parser ends documents itself");
        }
        return switch (token) {
            case START_OBJECT -> object(parser, path, problems);
            case START_ARRAY -> {
                ArrayNode array = nodes.arrayNode();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    array.add(value(parser, next, path + "[" + array.size() + "]", problems));
                }
                yield array;
            }
            case VALUE_STRING -> nodes.textNode(parser.getText());
            case VALUE_TRUE -> nodes.booleanNode(true);
            case VALUE_FALSE -> nodes.booleanNode(false);
            case VALUE_NULL -> nodes.nullNode();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, path, problems);
            default -> throw new IllegalStateException("not a value: " + token);
        };
    }

    private static JsonNode number(JsonParser parser, String path, Problems problems) throws IOException {
        if (parser.getTextLength() > MAX_NUMBER_CHARS) {
            problems.add(path, "must not have more than " + MAX_NUMBER_CHARS + " characters");
            return JsonNodeFactory.instance.nullNode();
        }
        return JsonNodeFactory.instance.numberNode(parser.getDecimalValue());
    }

    private static ObjectNode object(JsonParser parser, String path, Problems problems) throws IOException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            String memberPath = member(path, name);
            JsonNode value = value(parser, parser.nextToken(), memberPath, problems);
            if (object.has(name)) {
                problems.add(memberPath, "is given more than once");
            } else {
                object.set(name, value);
            }
        }
        return object;
    }

    /** A JSON path, with brackets around names that need them. */
    public static String member(String path, String name) {
        return PLAIN_NAME.matcher(name).matches()
                ? path + "." + name
                : path + "['" + name.replace("\\", "\\\\").replace("'", "\\'") + "']";
    }
}
