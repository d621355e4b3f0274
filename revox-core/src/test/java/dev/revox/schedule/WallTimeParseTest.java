package dev.revox.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WallTimeParseTest {

    @ParameterizedTest
    @CsvSource({
        "09:00, 09:00",
        "9:00, 09:00",
        "00:00, 00:00",
        "0:00, 00:00",
        "23:59, 23:59",
        "6pm, 18:00",
        "6 PM, 18:00",
        "06pm, 18:00",
        "6:30Pm, 18:30",
        "10am, 10:00",
        "12am, 00:00",
        "12pm, 12:00",
        "12:01 aM, 00:01",
        "1pm, 13:00",
        "11:59pm, 23:59"
    })
    void the_pages_forms_are_read(String text, String normal) {
        assertThat(WallTime.parse(text)).hasToString(normal);
        assertThat(WallTime.parseEnd(text)).hasToString(normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "0am", "0pm", "13pm", "13am", "25:00", "24:01", "09:60", "9", "noon", "09:00:00", "6  pm", "6pm ",
                " 6pm", "6\tpm", "6p", "6 p.m.", "9:0", "9:000", "009:00", "-1:00", "+9:00", "٠٩:٠٠", "9.00", "9h",
                        "6:30:00pm",
                "6:5pm", "ＰＭ", "6ｐｍ", "12:60am"
            })
    void everything_else_is_an_error_that_shows_the_right_forms(String text) {
        assertThatThrownBy(() -> WallTime.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("6pm");
        assertThatThrownBy(() -> WallTime.parseEnd(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void midnight_at_the_end_of_a_day_is_an_end_only() {
        assertThat(WallTime.parseEnd("24:00").minuteOfDay()).isEqualTo(1440);
        assertThatThrownBy(() -> WallTime.parse("24:00")).hasMessageContaining("only as an end");
    }

    @Test
    void the_locale_of_the_jvm_does_not_matter() {
        Locale before = Locale.getDefault();
        try {
            for (String tag : new String[] {"tr-TR", "ar-SA-u-nu-arab", "th-TH-u-nu-thai"}) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                assertThat(WallTime.parse("6:30PM")).hasToString("18:30");
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void the_first_window_added_to_a_policy_replaces_the_default_one() {
        RetryPolicy policy = RetryPolicy.builder()
                .window("8am", "12pm", Duration.ofMinutes(5))
                .window("14:00", "24:00", Duration.ofMinutes(10))
                .build();

        assertThat(policy.windows())
                .extracting(window -> window.start() + "-" + window.end())
                .containsExactly("08:00-12:00", "14:00-24:00");
        assertThat(RetryPolicy.builder().build()).isEqualTo(RetryPolicy.DEFAULT);
    }
}
