package dev.revox.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What no value, however hostile, can do. */
class TemplatePropertiesTest {

    private static final int DEEPEST_TREE = 5;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Property(tries = 500)
    void the_json_that_comes_out_has_the_structure_of_the_template(
            @ForAll("trees") JsonNode template, @ForAll("hostile") String a, @ForAll("hostile") String b)
            throws Exception {
        Map<String, String> values = Map.of("a", a, "b", b);

        JsonNode filled = JSON.readTree(JsonTemplate.of(template.toString()).fill(values));

        assertSameStructure(template, filled, values);
    }

    @Property(tries = 500)
    void plain_text_holds_each_value_as_it_is(@ForAll("hostile") String a, @ForAll("hostile") String b) {
        assertThat(Template.of("<{{a}}|{{ b }}|{{a}}>").fill(Map.of("a", a, "b", b)))
                .isEqualTo("<" + a + "|" + b + "|" + a + ">");
    }

    @Property(tries = 500)
    void a_url_keeps_its_host_its_path_segments_and_its_parameters(
            @ForAll("hostile") String a, @ForAll("hostile") String b) {
        UrlTemplate template = UrlTemplate.of("https://api.example/v1/{{a}}/end?x={{b}}&y=1");
        String filled;
        try {
            filled = template.fill(Map.of("a", a, "b", b));
        } catch (TemplateException refused) {
            assertThat(a).isIn(".", "..");
            return;
        }

        URI url = URI.create(filled);
        assertThat(url.getHost()).isEqualTo("api.example");
        assertThat(url.getRawFragment()).isNull();
        assertThat(url.getRawPath().split("/", -1))
                .hasSize(4)
                .startsWith("", "v1")
                .endsWith("end");
        assertThat(url.normalize().getRawPath()).startsWith("/v1/").endsWith("/end");
        assertThat(url.getRawQuery().split("&", -1)).hasSize(2).endsWith("y=1");
    }

    @Property(tries = 500)
    void a_header_is_one_line_or_is_refused(@ForAll("hostile") String a) {
        try {
            assertThat(Template.of("k {{a}}").fillHeader(Map.of("a", a))).doesNotContain("\r", "\n", "\0");
        } catch (TemplateException refused) {
            assertThat(a.chars()).anyMatch(c -> c < 0x20 || c == 0x7f);
        }
    }

    @Provide
    Arbitrary<String> hostile() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(12).filter(TemplatePropertiesTest::hasWholeCharacters),
                Arbitraries.of(
                        "{{a}}",
                        "{{b}}",
                        "\"",
                        "\\",
                        "\",\"x\":\"",
                        "\r\nX: 1",
                        "\0",
                        "../",
                        "..",
                        ".",
                        "?a=",
                        "&y=2",
                        "#f",
                        "%2e%2e",
                        "}}",
                        "{{",
                        "null",
                        "1",
                        "\u2028",
                        "😀"));
    }

    @Provide
    Arbitrary<JsonNode> trees() {
        return trees(DEEPEST_TREE);
    }

    private static Arbitrary<JsonNode> trees(int depth) {
        Arbitrary<JsonNode> leaf = Arbitraries.of(
                        "{{a}}", "{{b}}", "x{{a}}", "{{a}}{{b}}", "plain", "{{ a }}", "\"quoted\"", "", "1")
                .map(text -> (JsonNode) JSON.getNodeFactory().textNode(text));
        Arbitrary<JsonNode> constant =
                Arbitraries.of("1", "true", "null", "[]", "{}").map(TemplatePropertiesTest::parse);
        // Without a bound on the depth a tree in some ten thousand outgrows the heap.
        return depth == 0
                ? Arbitraries.oneOf(leaf, constant)
                : Arbitraries.oneOf(leaf, constant, lists(trees(depth - 1)), objects(trees(depth - 1)));
    }

    private static Arbitrary<JsonNode> lists(Arbitrary<JsonNode> members) {
        return members.list().ofMaxSize(3).map(items -> {
            ArrayNode array = JSON.createArrayNode();
            items.forEach(array::add);
            return array;
        });
    }

    private static Arbitrary<JsonNode> objects(Arbitrary<JsonNode> values) {
        return Arbitraries.maps(Arbitraries.of("a", "b", "c d", "e\"f"), values)
                .ofMaxSize(3)
                .map(members -> {
                    ObjectNode object = JSON.createObjectNode();
                    new HashMap<>(members).forEach(object::set);
                    return object;
                });
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (java.io.IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean hasWholeCharacters(String text) {
        return text.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff);
    }

    private static void assertSameStructure(JsonNode template, JsonNode filled, Map<String, String> values) {
        assertThat(filled.getNodeType()).isEqualTo(template.getNodeType());
        assertThat(filled.size()).isEqualTo(template.size());
        if (template.isObject()) {
            template.properties()
                    .forEach(member -> assertSameStructure(member.getValue(), filled.get(member.getKey()), values));
        } else if (template.isArray()) {
            for (int i = 0; i < template.size(); i++) {
                assertSameStructure(template.get(i), filled.get(i), values);
            }
        } else if (template.isTextual()) {
            assertThat(filled.textValue())
                    .isEqualTo(Template.of(template.textValue()).fill(values));
        } else {
            assertThat(List.of(filled)).containsExactly(template);
        }
    }
}
