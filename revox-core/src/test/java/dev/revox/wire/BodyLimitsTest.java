package dev.revox.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.order.InvalidOrderException;
import dev.revox.order.Violation;
import dev.revox.order.rules.OrderRules;
import dev.revox.wire.json.JsonText;
import dev.revox.wire.json.Members;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodyLimitsTest {

    private static final String HEAD = "{\"phone_number\":\"+12125550100\",\"assistant\":{\"prompt\":\"p\"}";

    @Test
    void a_body_of_the_largest_size_is_read_and_one_byte_more_is_not() {
        String body = HEAD + "}";
        String largest = body + " ".repeat(OrderReader.MAX_BODY_BYTES - body.length());

        assertThat(paths(largest)).isEmpty();
        assertThat(paths(largest + " ")).containsExactly("$");
    }

    @Test
    void size_counts_bytes_and_not_characters() {
        // Two-, three- and four-byte characters.
        String filler = "é€😀";
        int bytes = 9;
        String body = HEAD + ",\"metadata\":{\"a\":\"\",\"b\":\"\",\"c\":\"\",\"d\":\"\"}}";
        int room = (OrderReader.MAX_BODY_BYTES - body.length()) / bytes;
        String text = filler.repeat(room / 4);
        String full = body.replace("\"\"", "\"" + text + "\"");

        assertThat(full.length()).isLessThan(OrderReader.MAX_BODY_BYTES / 2);
        assertThat(paths(full)).isEmpty();
        assertThat(paths(full + " ".repeat(40 + bytes * 4))).containsExactly("$");
    }

    @Test
    void nesting_up_to_the_limit_is_looked_at_and_one_level_more_is_not() {
        assertThat(paths(nested(JsonText.MAX_DEPTH - 1))).containsExactly("$.x");
        assertThat(paths(nested(JsonText.MAX_DEPTH))).containsExactly("$");
        assertThat(paths(nested(100_000))).containsExactly("$");
    }

    @Test
    void a_string_of_the_longest_length_is_read_and_one_character_more_is_not() {
        assertThat(paths(metadata("a", "y".repeat(Members.MAX_STRING_CHARS)))).isEmpty();
        assertThat(paths(metadata("a", "y".repeat(Members.MAX_STRING_CHARS + 1))))
                .containsExactly("$.metadata.a");
    }

    @Test
    void a_name_of_the_longest_length_is_read_and_one_character_more_is_not() {
        assertThat(paths(metadata("n".repeat(JsonText.MAX_NAME_CHARS), "v"))).isEmpty();
        assertThat(paths(metadata("n".repeat(JsonText.MAX_NAME_CHARS + 1), "v")))
                .containsExactly("$");
    }

    @Test
    void a_number_of_the_longest_length_is_read_and_one_digit_more_is_not() {
        String longest = "0." + "0".repeat(JsonText.MAX_NUMBER_CHARS - 2);
        assertThat(paths(volume(longest))).isEmpty();
        assertThat(paths(volume(longest + "0"))).containsExactly("$.assistant.background_sound_volume");
        assertThat(paths(volume("1".repeat(1000)))).containsExactly("$");
    }

    @Test
    void what_is_no_json_object_is_refused_as_a_whole() {
        for (String body : List.of("", " ", "null", "5", "\"x\"", "[]", "{", "{}{}", "{'a':1}", "{\"a\":01}", "NaN")) {
            assertThat(paths(body)).as(body).isNotEmpty();
        }
    }

    private static String nested(int levels) {
        return HEAD + ",\"x\":" + "[".repeat(levels) + "]".repeat(levels) + "}";
    }

    private static String metadata(String name, String value) {
        return HEAD + ",\"metadata\":{\"" + name + "\":\"" + value + "\"}}";
    }

    private static String volume(String number) {
        return HEAD.substring(0, HEAD.length() - 1) + ",\"background_sound_volume\":" + number + "}}";
    }

    private static List<String> paths(String body) {
        try {
            OrderReader.strict(OrderRules.builder().build()).read(body);
            return List.of();
        } catch (InvalidOrderException refused) {
            return refused.violations().stream().map(Violation::jsonPath).toList();
        }
    }
}
