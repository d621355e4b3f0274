package dev.revox.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {

    @Test
    void names_are_found_once_with_blanks_inside_the_braces_allowed() {
        assertThat(Template.of("{{name}} {{ name }} {{first name}} {{a.b-c_1}} {{größe}}")
                        .names())
                .containsExactly("name", "first name", "a.b-c_1", "größe");
    }

    @Test
    void braces_around_anything_else_are_plain_text() {
        String text = "{{}} {{ }} {{\"json\": {\"a\": 1}}} {name} {{a\nb}} }} {{";

        assertThat(Template.of(text).names()).isEmpty();
        assertThat(Template.of(text).fill(Map.of())).isEqualTo(text);
    }

    @Test
    void a_value_is_never_expanded_again() {
        assertThat(Template.of("{{a}}{{b}}").fill(Map.of("a", "{{b}}", "b", "{{a}}")))
                .isEqualTo("{{b}}{{a}}");
        assertThat(Template.of("{{{a}}}").fill(Map.of("a", "x"))).isEqualTo("{x}");
    }

    @Test
    void a_missing_value_is_an_error_that_names_it_or_nothing_when_asked() {
        Template template = Template.of("{{a}} {{b}} {{c}}");

        assertThatThrownBy(() -> template.fill(Map.of("b", "secret")))
                .isInstanceOf(TemplateException.class)
                .hasMessage("no value for a, c");
        assertThat(template.fillOrEmpty(Map.of("b", "x"))).isEqualTo(" x ");
    }

    @Test
    void a_header_takes_no_line_break_from_a_value() {
        Template header = Template.of("Bearer {{key}}");

        assertThat(header.fillHeader(Map.of("key", "a\tb ü"))).isEqualTo("Bearer a\tb ü");
        for (String evil : new String[] {"a\r\nX: 1", "a\n", "\r", "\0", "\u007f"}) {
            assertThatThrownBy(() -> header.fillHeader(Map.of("key", evil)))
                    .isInstanceOf(TemplateException.class)
                    .hasMessageNotContaining(evil);
        }
    }

    @Test
    void values_in_a_path_or_query_stay_inside_their_place() {
        UrlTemplate url = UrlTemplate.of("https://api.example/v1/{{id}}/x?q={{q}}&r=1");

        assertThat(url.fill(Map.of("id", "a/b?c=1#d", "q", "1&r=2 é")))
                .isEqualTo("https://api.example/v1/a%2Fb%3Fc%3D1%23d/x?q=1%26r%3D2%20%C3%A9&r=1");
        assertThat(url.fill(Map.of("id", "../../admin", "q", "\0")))
                .isEqualTo("https://api.example/v1/..%2F..%2Fadmin/x?q=%00&r=1");
        for (String climbing : new String[] {"..", "."}) {
            assertThatThrownBy(() -> url.fill(Map.of("id", climbing, "q", ""))).isInstanceOf(TemplateException.class);
        }
        // The percent sign is encoded too, so this climbs nowhere.
        assertThat(url.fill(Map.of("id", "%2e%2E"))).startsWith("https://api.example/v1/%252e%252E/x");
        assertThatThrownBy(() -> UrlTemplate.of("https://api.example/.{{x}}/").fill(Map.of("x", ".")))
                .isInstanceOf(TemplateException.class);
        assertThat(UrlTemplate.parameter("a b", Template.of("{{x}}!"), Map.of("x", "=&")))
                .isEqualTo("a%20b=%3D%26%21");
    }

    @Test
    void a_value_in_the_host_part_can_only_be_part_of_a_name() {
        UrlTemplate url = UrlTemplate.of("https://{{tenant}}.api.example/");

        assertThat(url.hostNames()).containsExactly("tenant");
        assertThat(url.fill(Map.of("tenant", "acme-1"))).isEqualTo("https://acme-1.api.example/");
        for (String evil : new String[] {"", "evil.com/", "a@b", "a:1", "a#", "-", "a..b", "a\\b", "é"}) {
            assertThatThrownBy(() -> url.fill(Map.of("tenant", evil))).isInstanceOf(TemplateException.class);
        }
    }

    @Test
    void a_url_begins_with_its_scheme_and_host() {
        for (String evil : new String[] {
            "", "{{url}}", "ftp://a/", "https:///x", "https://", "https://user@host/", "https://a\\@b/", "https://a/\n"
        }) {
            assertThatThrownBy(() -> UrlTemplate.of(evil)).as(evil).isInstanceOf(TemplateException.class);
        }
    }

    @Test
    void a_string_that_is_one_placeholder_becomes_the_typed_value() {
        JsonTemplate body =
                JsonTemplate.of("{\"n\":\"{{n}}\",\"b\":\"{{ b }}\",\"s\":\"{{s}}\",\"t\":\"n={{n}}\",\"k\":1.50}");

        assertThat(body.fill(Map.of("n", 2, "b", true, "s", "a\"b\\\n\0")))
                .isEqualTo("{\"n\":2,\"b\":true,\"s\":\"a\\\"b\\\\\\n\\u0000\",\"t\":\"n=2\",\"k\":1.50}");
        assertThat(body.names()).containsExactly("n", "b", "s");
    }

    @Test
    void an_argument_left_out_drops_its_member_and_is_null_in_a_list() {
        JsonTemplate body = JsonTemplate.of("{\"a\":\"{{a}}\",\"l\":[\"{{a}}\",\"x{{a}}\"],\"o\":{\"a\":\"{{a}}\"}}");

        assertThat(body.fill(Map.of())).isEqualTo("{\"l\":[null,\"x\"],\"o\":{}}");
    }

    @Test
    void a_body_that_is_no_json_or_names_members_by_placeholder_is_refused() {
        for (String evil : new String[] {
            "", "{\"a\":{{a}}}", "{\"a\":1}{", "{\"{{a}}\":1}", "{\"a\":1,\"a\":2}", "[".repeat(70) + "]".repeat(70)
        }) {
            assertThatThrownBy(() -> JsonTemplate.of(evil)).as(evil).isInstanceOf(TemplateException.class);
        }
    }
}
