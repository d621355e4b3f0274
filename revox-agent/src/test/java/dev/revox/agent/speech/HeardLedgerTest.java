package dev.revox.agent.speech;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.agent.speech.text.SpeechWriter;
import dev.revox.agent.tts.TextToSpeech.WordTiming;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class HeardLedgerTest {

    private static final String TEXT = "one two three four";

    private final HeardLedger ledger = new HeardLedger();

    @Test
    void word_times_cut_at_the_last_word_that_was_played_whole() {
        ledger.open(1, TEXT);
        ledger.timings(
                1,
                List.of(
                        new WordTiming("one", 0, 100_000),
                        new WordTiming("two", 100_000, 900_000),
                        new WordTiming("three", 900_000, 1_000_000),
                        new WordTiming("four", 1_000_000, 1_100_000)));
        ledger.total(1, 1_100_000);
        ledger.played(1, 950_000);

        assertThat(ledger.heard(1)).isEqualTo("one two");
    }

    @Test
    void without_word_times_the_share_of_characters_decides() {
        ledger.open(1, TEXT);
        ledger.total(1, 1_800_000);
        ledger.played(1, 750_000);

        assertThat(ledger.heard(1)).isEqualTo("one two");
    }

    @Test
    void a_finished_segment_was_heard_whole_and_an_unplayed_one_not_at_all() {
        ledger.open(1, TEXT);
        ledger.finished(1);
        ledger.open(2, TEXT);
        ledger.total(2, 1_800_000);

        assertThat(ledger.heard(1)).isEqualTo(TEXT);
        assertThat(ledger.heard(2)).isEmpty();
    }

    @Test
    void a_broken_segment_keeps_only_what_is_in_its_sound() {
        ledger.open(1, TEXT);
        ledger.timings(
                1,
                List.of(
                        new WordTiming("one", 0, 300_000),
                        new WordTiming("two", 400_000, 700_000),
                        new WordTiming("three", 800_000, 1_300_000),
                        new WordTiming("four", 1_400_000, 1_800_000)));

        assertThat(ledger.truncate(1, 720_000)).isEqualTo("three four");
        ledger.finished(1);
        assertThat(ledger.heard(1)).isEqualTo("one two");
    }

    @Test
    void a_price_is_heard_when_all_that_is_said_for_it_was_played() {
        ledger.open(1, new SpeechWriter().write("Pay $12.50 now."));
        List<WordTiming> timings = new ArrayList<>();
        for (String word : "Pay 12 dollars and 50 cents now.".split(" ")) {
            timings.add(new WordTiming(word, timings.size() * 100_000L, (timings.size() + 1) * 100_000L));
        }
        ledger.timings(1, timings);

        ledger.played(1, 450_000);
        assertThat(ledger.heard(1)).isEqualTo("Pay");
        ledger.played(1, 600_000);
        assertThat(ledger.heard(1)).isEqualTo("Pay $12.50");
        assertThat(ledger.truncate(1, 450_000)).isEqualTo("$12.50 now.");
    }

    @Property
    void heard_text_only_grows_and_is_always_whole_words(
            @ForAll @LongRange(min = 0, max = 2_000_000) long first,
            @ForAll @LongRange(min = 0, max = 2_000_000) long second) {
        HeardLedger fresh = new HeardLedger();
        fresh.open(1, TEXT);
        fresh.total(1, 1_800_000);
        fresh.played(1, first);
        String before = fresh.heard(1);
        fresh.played(1, second);

        assertThat(fresh.heard(1)).startsWith(before);
        assertThat(TEXT + " ").startsWith(fresh.heard(1).isEmpty() ? "" : fresh.heard(1) + " ");
    }
}
