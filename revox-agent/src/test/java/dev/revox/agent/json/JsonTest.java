package dev.revox.agent.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonTest {

    private static String nested(int depth) {
        return "{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);
    }

    private static String sized(int chars) {
        String frame = "{\"a\":\"\"}";
        return "{\"a\":\"" + "x".repeat(chars - frame.length()) + "\"}";
    }

    @Test
    void the_deepest_document_is_read_and_a_deeper_one_is_not() throws MalformedJsonException {
        assertThat(Json.read(nested(Json.DEEPEST)).object("a")).isPresent();
        assertThatThrownBy(() -> Json.read(nested(Json.DEEPEST + 1))).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void the_longest_document_is_read_and_a_longer_one_is_not() throws MalformedJsonException {
        assertThat(Json.read(sized(Json.LONGEST_CHARS)).text("a")).isPresent();
        assertThatThrownBy(() -> Json.read(sized(Json.LONGEST_CHARS + 1))).isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void what_is_no_object_is_malformed() {
        for (String text : new String[] {"", "null", "[]", "7", "{", "{} {}", "<html>", "{\"a\":}"}) {
            assertThatThrownBy(() -> Json.read(text)).as(text).isInstanceOf(MalformedJsonException.class);
        }
    }

    @Test
    void a_message_about_bad_json_quotes_nothing_of_it() {
        assertThatThrownBy(() -> Json.read("{\"api_key\": sk-secret")).hasMessageNotContaining("sk-secret");
    }

    @Test
    void members_of_another_type_are_absent() throws MalformedJsonException {
        Json json = Json.read("{\"a\":1,\"b\":\"x\",\"c\":null,\"d\":[1,\"2\"]}");

        assertThat(json.text("a")).isEmpty();
        assertThat(json.integer("b")).isEmpty();
        assertThat(json.object("c")).isEmpty();
        assertThat(json.isTrue("b")).isFalse();
        assertThat(json.numbers("a")).isEmpty();
        assertThat(json.numbers("d")).containsExactly(1, 2);
        assertThat(json.texts("c")).isEmpty();
    }

    @Test
    void mutated_messages_are_read_or_malformed_and_nothing_else() {
        long seed = 20_260_101;
        Random random = new Random(seed);
        String message =
                "{\"type\":\"chunk\",\"data\":\"AAEC\",\"word_timestamps\":{\"words\":[\"a\"],\"start\":[0.5]}}";
        int malformed = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder mutated = new StringBuilder(message);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                mutated.setCharAt(random.nextInt(mutated.length()), (char) random.nextInt(128));
            }
            try {
                Json json = Json.read(mutated.toString());
                json.object("word_timestamps").ifPresent(words -> words.numbers("start"));
            } catch (MalformedJsonException e) {
                malformed++;
            }
        }
        assertThat(malformed).as("seed " + seed).isBetween(1, 20_000);
    }
}
