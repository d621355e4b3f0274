package dev.revox.agent.tts.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.tts.TextToSpeech;
import dev.revox.agent.tts.TextToSpeech.Sink;
import dev.revox.agent.tts.TextToSpeech.Utterance;
import dev.revox.agent.tts.TextToSpeech.WordTiming;
import dev.revox.assistant.sound.Voice;
import dev.revox.assistant.sound.VoiceProvider;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpeechCacheTest {

    private static final Voice VOICE = Voice.of(VoiceProvider.CARTESIA, "anna");
    private static final List<WordTiming> TIMES = List.of(new WordTiming("Hello", 0, 500));

    private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-03-02T09:00:00Z"));
    private final Studio studio = new Studio();
    private final SpeechCache cache = SpeechCache.of(SpeechCacheSettings.DEFAULT, time);
    private final TextToSpeech voice = cache.before(studio);

    private Utterance say(TextToSpeech by, Voice in, String text, Heard heard) {
        Utterance utterance = by.open(in, heard);
        utterance.text(text);
        utterance.end();
        return utterance;
    }

    private Heard say(String text) {
        Heard heard = new Heard();
        say(voice, VOICE, text, heard);
        return heard;
    }

    @Test
    void a_text_is_made_once_and_sounds_the_same_each_time() {
        Heard first = say("Hello");
        studio.last().speaks(1, 2, 3).ends();
        Heard second = say("Hello");

        assertThat(studio.works).hasSize(1);
        assertThat(first.samples).containsExactly((short) 1, (short) 2, (short) 3);
        assertThat(second.samples).isEqualTo(first.samples);
        assertThat(second.times).isEqualTo(first.times).isEqualTo(TIMES);
        assertThat(second.end).isEqualTo("done");
    }

    @Test
    void another_text_speed_volume_voice_or_provider_is_another_sound() {
        say("Hello");
        studio.last().speaks(1).ends();
        say("Hello!");
        say(voice, Voice.of(VoiceProvider.CARTESIA, "ben"), "Hello", new Heard());
        say(voice, new Voice("anna", VoiceProvider.CARTESIA, Optional.of(1.2), Optional.empty()), "Hello", new Heard());
        say(voice, new Voice("anna", VoiceProvider.CARTESIA, Optional.empty(), Optional.of(1.2)), "Hello", new Heard());

        assertThat(studio.works).hasSize(5);

        Studio other = new Studio();
        say(cache.before(other), VOICE, "Hello", new Heard());
        assertThat(other.works).hasSize(1);
    }

    @Test
    void calls_that_want_it_at_the_same_time_share_one_making() {
        Heard first = say("Hello");
        studio.last().speaks(1, 2);
        Heard second = say("Hello");

        assertThat(second.samples).containsExactly((short) 1, (short) 2);
        studio.last().speaks(3).ends();
        assertThat(studio.works).hasSize(1);
        assertThat(second.samples).isEqualTo(first.samples).hasSize(3);
        assertThat(List.of(first.end, second.end)).containsOnly("done");
    }

    @Test
    void a_failure_is_not_kept() {
        Heard first = say("Hello");
        studio.last().speaks(1).fails();
        say("Hello");

        assertThat(first.end).isEqualTo("failed");
        assertThat(studio.works).hasSize(2);
        assertThat(cache.keptBytes()).isZero();
    }

    @Test
    void nor_is_an_end_without_any_sound() {
        say("Hello");
        studio.last().ends();
        say("Hello");

        assertThat(studio.works).hasSize(2);
    }

    @Test
    void what_everybody_left_is_cancelled_and_not_kept() {
        Heard heard = new Heard();
        Utterance utterance = say(voice, VOICE, "Hello", heard);
        Work work = studio.last().speaks(1);
        utterance.cancel();
        work.speaks(2).ends();

        assertThat(work.cancelled).isTrue();
        assertThat(heard.samples).hasSize(1);
        assertThat(heard.end).isEmpty();
        assertThat(cache.keptBytes()).isZero();
        say("Hello");
        assertThat(studio.works).hasSize(2);
    }

    @Test
    void one_who_leaves_does_not_take_it_from_the_others_but_nobody_joins_any_more() {
        Utterance leaving = say(voice, VOICE, "Hello", new Heard());
        Work work = studio.last();
        Heard stays = say("Hello");
        leaving.cancel();
        say("Hello");

        assertThat(studio.works).hasSize(2);
        assertThat(work.cancelled).isFalse();
        work.speaks(1).ends();
        assertThat(stays.end).isEqualTo("done");
        say("Hello");
        assertThat(studio.works).hasSize(2);
    }

    @Test
    void a_text_is_forgotten_an_hour_after_its_last_use_without_anybody_asking() {
        say("Hello");
        studio.last().speaks(1, 2).ends();
        time.advance(Duration.ofMinutes(50));
        say("Hello");
        time.advance(Duration.ofMinutes(50));
        say("Hello");
        assertThat(studio.works).hasSize(1);

        time.advance(Duration.ofMinutes(62));

        assertThat(cache.toString()).isEqualTo("SpeechCache[0 texts]");
        assertThat(time.pendingCount()).isZero();
    }

    @Test
    void it_holds_no_more_bytes_than_it_may() {
        SpeechCache small = SpeechCache.of(new SpeechCacheSettings(10_000, Duration.ofHours(1)), time);
        TextToSpeech cramped = small.before(studio);
        for (int i = 0; i < 20; i++) {
            say(cramped, VOICE, "Text " + i, new Heard());
            studio.last().speaks(new int[1_000]).ends();
            assertThat(small.keptBytes()).isBetween(i == 0 ? 2_000L : 1L, 10_000L);
        }
        Heard giant = new Heard();
        say(cramped, VOICE, "Giant", giant);
        studio.last().speaks(new int[10_000]).ends();

        assertThat(giant.samples).hasSize(10_000);
        assertThat(small.keptBytes()).isLessThanOrEqualTo(10_000);
    }

    @Test
    void a_sink_that_asks_for_a_pause_gets_one_and_the_provider_too() {
        Heard heard = new Heard();
        Utterance utterance = say(voice, VOICE, "Hello", heard);
        Work work = studio.last();
        utterance.demand(false);
        work.speaks(1);
        assertThat(work.wanted).isFalse();
        assertThat(heard.samples).isEmpty();

        utterance.demand(true);
        assertThat(work.wanted).isTrue();
        assertThat(heard.samples).hasSize(1);
    }

    @Test
    void no_text_shows_in_what_it_says_of_itself() {
        say("Hello Dana");
        studio.last().speaks(1).ends();

        assertThat(cache + " " + voice + " " + new CacheKey(studio, VOICE, "Hello Dana"))
                .doesNotContain("Dana");
    }

    @Test
    void closing_forgets_everything_and_leaves_no_alarm() {
        say("Hello");
        studio.last().speaks(1).ends();
        Heard speaking = say("Bye");
        cache.close();
        studio.last().speaks(2).ends();

        assertThat(speaking.end).isEqualTo("done");
        assertThat(cache.keptBytes()).isZero();
    }

    /** A provider that speaks when it is told to. */
    private static final class Studio implements TextToSpeech {

        private final List<Work> works = new ArrayList<>();

        Work last() {
            return works.getLast();
        }

        @Override
        public String name() {
            return "studio";
        }

        @Override
        public int sampleRateHz() {
            return 8_000;
        }

        @Override
        public Utterance open(Voice in, Sink sink) {
            works.add(new Work(sink));
            return works.getLast();
        }
    }

    private static final class Work implements Utterance {

        private final Sink sink;
        private boolean cancelled;
        private boolean wanted = true;

        Work(Sink sink) {
            this.sink = sink;
        }

        Work speaks(int... samples) {
            short[] pcm = new short[samples.length + 2];
            for (int i = 0; i < samples.length; i++) {
                pcm[i + 1] = (short) samples[i];
            }
            sink.audio(pcm, 1, samples.length);
            // The array was only lent.
            java.util.Arrays.fill(pcm, (short) -1);
            return this;
        }

        void ends() {
            sink.words(TIMES);
            sink.done();
        }

        void fails() {
            sink.failed(new ProviderException("studio", ProviderException.Kind.CONNECTION, "cut"));
        }

        @Override
        public void text(String more) {}

        @Override
        public void end() {}

        @Override
        public void demand(boolean more) {
            wanted = more;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    private static final class Heard implements Sink {

        private final List<Short> samples = new ArrayList<>();
        private final List<WordTiming> times = new ArrayList<>();
        private String end = "";

        @Override
        public void audio(short[] pcm, int offset, int count) {
            for (int i = 0; i < count; i++) {
                samples.add(pcm[offset + i]);
            }
        }

        @Override
        public void words(List<WordTiming> timings) {
            times.addAll(timings);
        }

        @Override
        public void done() {
            end += "done";
        }

        @Override
        public void failed(ProviderException failure) {
            end += "failed";
        }
    }
}
