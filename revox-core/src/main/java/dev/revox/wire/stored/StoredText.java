package dev.revox.wire.stored;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.revox.RevoxException;
import java.util.function.Function;

/** Text and tree of a row's JSON, without the limits that are meant for strangers' bodies. <b>Thread:</b> Immutable. */
final class StoredText {
    private static final JsonMapper MAPPER = mapper();

    private StoredText() {}

    private static JsonMapper mapper() {
        JsonMapper mapper = JsonMapper.builder()
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .build());
        return mapper;
    }

    static String write(ObjectNode json) {
        return json.toString();
    }

    /** Reads a text; whatever is wrong with it becomes one exception without any of its content. */
    static <T> T reading(String what, String text, Function<JsonNode, T> reader) {
        try {
            return reader.apply(MAPPER.readTree(text));
        } catch (JsonProcessingException | RuntimeException unreadable) {
            throw new RevoxException(
                    "the stored " + what + " cannot be read ("
                            + unreadable.getClass().getSimpleName()
                            + "): was its row written by something else, or by a newer version of Revox?",
                    false);
        }
    }
}
