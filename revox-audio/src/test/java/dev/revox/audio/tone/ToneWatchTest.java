package dev.revox.audio.tone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.audio.speech.Allocation;
import dev.revox.audio.tone.pattern.TonePattern;
import dev.revox.audio.tone.pattern.ToneSource;
import dev.revox.line.LegEvent;
import dev.revox.media.EarFrame;
import dev.revox.media.EarTap;
import dev.revox.media.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ToneWatchTest {

    private final ToneWatch watch = new ToneWatch();
    private final List<LegEvent> events = new ArrayList<>();
    private long heardSamples;
    private long heardAtMs;

    private void hear(short[] pcm, int rateHz) {
        int frame = rateHz / 50;
        for (int at = 0; at + frame <= pcm.length; at += frame) {
            heardAtMs = heardSamples * 1000 / rateHz;
            watch.onFrame(
                    pcm,
                    at,
                    frame,
                    rateHz,
                    heardSamples,
                    0,
                    (code, value) -> events.add(ToneWatch.event(heardAtMs * 1_000_000, ToneWatch.TAP_ID, code, value)));
            heardSamples += frame;
        }
    }

    /** A tone on a line with noise at -45 dBov, as a telephone network has it. */
    private void hear(TonePattern pattern, int rateHz, int atMostMs) {
        short[] pcm = ToneSource.sound(pattern, rateHz, atMostMs);
        Random random = new Random(5);
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] += (short) Math.round(180 * random.nextGaussian());
        }
        hear(pcm, rateHz);
    }

    private List<Tone> tones() {
        return events.stream().map(event -> ((LegEvent.ToneHeard) event).tone()).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 425, 440, 850, 950, 1000, 1100, 1400, 1777, 2000, 2100})
    void r09_a_beep_of_120_ms_is_heard_with_its_frequency(int hz) {
        for (int shift = 0; shift < 20; shift += 3) {
            events.clear();
            hear(TonePattern.silence(100 + shift).then(Tones.beep(hz, 120)).then(TonePattern.silence(400)), 8000, 640);
            assertThat(events)
                    .as("shift " + shift)
                    .singleElement()
                    .isInstanceOfSatisfying(LegEvent.ToneHeard.class, heard -> {
                        assertThat(heard.tone()).isEqualTo(Tone.BEEP);
                        assertThat(heard.frequencyHz()).isBetween((int) (hz * 0.99), (int) (hz * 1.01));
                        assertThat(heard.durationMs()).isBetween(100, 140);
                    });
        }
    }

    @Test
    void a_beep_is_told_within_150_ms_of_its_end() {
        hear(Tones.beep(1000, 500).then(TonePattern.silence(500)), 8000, 1000);
        assertThat(events)
                .singleElement()
                .satisfies(event -> assertThat(event.atNanos() / 1_000_000).isBetween(500L, 650L));
    }

    @Test
    void what_is_too_short_too_low_too_high_or_glides_is_no_beep() {
        hear(Tones.beep(1000, 70).then(TonePattern.silence(400)), 8000, 470);
        hear(Tones.beep(300, 400).then(TonePattern.silence(400)), 8000, 800);
        hear(Tones.beep(2600, 400).then(TonePattern.silence(400)), 8000, 800);
        short[] glide = new short[8000];
        double phase = 0;
        for (int i = 0; i < glide.length; i++) {
            glide[i] = (short) (5000 * Math.sin(phase));
            phase += 2 * Math.PI * (600 + 800.0 * i / glide.length) / 8000;
        }
        hear(glide, 8000);
        assertThat(events).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"US", "GB", "DE", "FR", "CN", "ES"})
    void it_rings_in_many_countries(String region) {
        hear(Tones.ringback(region), 8000, 12_000);
        assertThat(tones()).endsWith(Tone.RINGBACK).doesNotContain(Tone.BUSY, Tone.CONGESTION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"US", "GB", "DE", "FR", "CN", "JP"})
    void busy_is_known_after_three_parts(String region) {
        hear(Tones.busy(region), 8000, 3600);
        assertThat(tones()).endsWith(Tone.BUSY).doesNotContain(Tone.RINGBACK, Tone.CONGESTION);
        hear(Tones.busy(region), 8000, 10_000);
        assertThat(tones().stream().filter(Tone.BUSY::equals)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"US", "FR", "DE"})
    void congestion_is_quicker_than_busy(String region) {
        hear(Tones.congestion(region), 8000, 5000);
        assertThat(tones()).endsWith(Tone.CONGESTION).doesNotContain(Tone.RINGBACK, Tone.BUSY);
    }

    @ParameterizedTest
    @EnumSource(value = Tone.class, names = "SIT.*", mode = EnumSource.Mode.MATCH_ALL)
    void each_special_information_tone_says_why(Tone kind) {
        for (int rateHz : new int[] {8000, 16_000}) {
            events.clear();
            hear(Tones.specialInformation(kind).then(TonePattern.silence(600)), rateHz, 1700);
            assertThat(tones()).as("at " + rateHz).containsExactly(kind);
        }
    }

    @Test
    void a_calling_fax_is_believed_at_its_second_tone_and_an_answering_one_at_once() {
        hear(Tones.faxCalling(), 8000, 8000);
        assertThat(tones()).startsWith(Tone.BEEP, Tone.FAX_CALLING);
        events.clear();
        hear(TonePattern.silence(500).then(Tones.faxAnswer()).then(TonePattern.silence(500)), 8000, 4000);
        assertThat(tones()).containsExactly(Tone.FAX_ANSWER);
    }

    @Test
    void digits_in_the_sound_count_only_where_they_are_wanted() {
        short[] seven = ToneSource.sound(Tones.digit('7', 120).then(TonePattern.silence(100)), 8000, 220);
        hear(seven, 8000);
        assertThat(events).isEmpty();
        watch.hearDigits(true);
        hear(seven, 8000);
        assertThat(events).singleElement().isInstanceOfSatisfying(LegEvent.DtmfReceived.class, heard -> {
            assertThat(heard.digit()).isEqualTo('7');
            assertThat(heard.durationMs()).isBetween(100, 140);
        });
    }

    @Test
    void on_a_leg_with_named_events_digits_in_the_sound_never_count() {
        watch.hearDigits(true);
        watch.namedEventsSeen();
        hear(ToneSource.sound(Tones.digit('7', 120).then(TonePattern.silence(100)), 8000, 220), 8000);
        assertThat(events).isEmpty();
    }

    @Test
    void a_wideband_line_is_heard_as_well() {
        watch.hearDigits(true);
        hear(ToneSource.sound(Tones.digit('#', 120).then(TonePattern.silence(100)), 16_000, 220), 16_000);
        assertThat(events).singleElement().isInstanceOf(LegEvent.DtmfReceived.class);
    }

    @Test
    void fifty_thousand_frames_allocate_nothing() {
        watch.hearDigits(true);
        short[] sound = ToneSource.sound(
                Tones.digit('5', 100)
                        .then(Tones.beep(1000, 200))
                        .then(TonePattern.silence(200))
                        .then(Tones.busy("US")),
                16_000,
                5000);
        int[] at = new int[1];
        int[] emitted = new int[1];
        EarTap.Sink sink = (code, value) -> emitted[0]++;
        long bytes = Allocation.ofRounds(50_000, () -> {
            int flags = at[0] == 0 ? EarFrame.GAP : 0;
            watch.onFrame(sound, at[0], 320, 16_000, at[0], flags, sink);
            at[0] = (at[0] + 320) % (sound.length - 320);
        });
        assertThat(bytes).isZero();
        assertThat(emitted[0]).isGreaterThan(1000);
    }
}
