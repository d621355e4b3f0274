package dev.revox.agent.speech;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ClauseSplitterTest {

    private static List<String> split(String text, int chunk) {
        ClauseSplitter splitter = new ClauseSplitter();
        List<String> clauses = new ArrayList<>();
        for (int i = 0; i < text.length(); i += chunk) {
            clauses.addAll(splitter.accept(text.substring(i, Math.min(text.length(), i + chunk))));
        }
        splitter.finish().ifPresent(clauses::add);
        return clauses;
    }

    @Test
    void sentences_are_pieces() {
        assertThat(split("Hi Dana! How are you? Fine.", 3)).containsExactly("Hi Dana!", "How are you?", "Fine.");
    }

    @Test
    void a_piece_is_given_as_soon_as_it_is_complete() {
        ClauseSplitter splitter = new ClauseSplitter();

        assertThat(splitter.accept("Hi Dana!")).isEmpty();
        assertThat(splitter.accept(" How")).containsExactly("Hi Dana!");
    }

    @Test
    void only_the_first_piece_may_end_at_a_comma() {
        assertThat(split("Let me have a look at that, one moment please, thank you. Well, here, it is.", 5))
                .containsExactly("Let me have a look at that,", "one moment please, thank you.", "Well, here, it is.");
    }

    @Test
    void a_short_first_clause_is_enough_to_begin_with() {
        assertThat(split("Sure, I can do that, and more. Fine.", 4))
                .containsExactly("Sure,", "I can do that, and more.", "Fine.");
        assertThat(split("Gerne, das geht.", 4)).containsExactly("Gerne,", "das geht.");
    }

    @Test
    void a_comma_before_a_name_or_a_number_ends_no_clause() {
        assertThat(split("Thanks, Dana. Anything else?", 4)).containsExactly("Thanks, Dana.", "Anything else?");
        assertThat(split("On May 3, 2026 we open. Fine.", 4)).containsExactly("On May 3, 2026 we open.", "Fine.");
    }

    @Test
    void decimals_times_abbreviations_and_addresses_stay_whole() {
        assertThat(split("It is 3.50 at 10.30 with Dr. Smith, e.g. via dana.smith@example.com today. J. Doe.", 4))
                .containsExactly(
                        "It is 3.50 at 10.30 with Dr. Smith,", "e.g. via dana.smith@example.com today.", "J. Doe.");
    }

    @Test
    void what_cannot_be_spoken_is_left_out() {
        assertThat(split(
                        "**Great** 🎉👍🏽 news!\n- [Book](https://example.com/x) now\n# Title\n1. First `thing`\n😀\n",
                        7))
                .containsExactly("Great news!", "Book now", "Title", "First thing");
    }

    @Test
    void text_without_any_end_is_cut_at_a_bounded_length() {
        assertThat(split("word ".repeat(200), 11))
                .allSatisfy(clause -> assertThat(clause.length()).isLessThanOrEqualTo(240));
    }

    @Property
    void no_word_is_lost_however_the_text_arrives(
            @ForAll @CharRange(from = 'a', to = 'f') String letters, @ForAll @IntRange(min = 1, max = 9) int chunk) {
        String text = letters.replace("a", ". ").replace("b", ", ");

        String words = String.join(" ", split(text, chunk)).replaceAll("[ .,]", "");

        assertThat(words).isEqualTo(text.replaceAll("[ .,]", ""));
    }
}
