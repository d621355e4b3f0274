package dev.revox.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.revox.audio.ear.NoiseFill;
import dev.revox.audio.speech.Allocation;
import dev.revox.audio.speech.Speech;
import dev.revox.line.LegEvent;
import dev.revox.media.Ear;
import dev.revox.media.EarFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 3389: silence that a peer describes instead of sending it. */
final class ComfortNoiseEarTest {

    private static final int MINUS_40_DBOV = 40;
    private static final double RMS_OF_40 = 32_768 * Math.pow(10, -40 / 20.0);

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Heard(short[] pcm, long sampleTime, boolean concealed, boolean gap) {}

    private final LegBench bench = new LegBench();
    private final Ear ear = bench.ear.openEar();
    private final List<Heard> heard = new ArrayList<>();

    private void read() {
        short[] pcm = new short[4800];
        EarFrame frame = new EarFrame();
        for (int samples = ear.read(pcm, 0, frame); samples > 0; samples = ear.read(pcm, 0, frame)) {
            heard.add(new Heard(Arrays.copyOf(pcm, samples), frame.sampleTime(), frame.concealed(), frame.gap()));
        }
    }

    private void speak(int frames) {
        short[] voice = Speech.vowel(8000, frames * LegBench.FRAME, 130, 6000);
        for (int i = 0; i < frames; i++) {
            bench.hear(voice, i * LegBench.FRAME);
            read();
        }
    }

    private void silence(int ms, int... payload) {
        for (int left = ms; left > 0; left -= 200) {
            // The same description again, as an update.
            bench.describeSilence(Math.min(200, left), payload);
            read();
        }
    }

    /** No sample is missing, none comes twice. */
    private void isWhole() {
        for (int i = 1; i < heard.size(); i++) {
            assertThat(heard.get(i).sampleTime())
                    .as("frame %d", i)
                    .isEqualTo(heard.get(i - 1).sampleTime() + heard.get(i - 1).pcm().length);
            assertThat(heard.get(i).gap()).as("frame %d", i).isFalse();
        }
    }

    private short[] noise() {
        List<Heard> made = heard.stream().filter(Heard::concealed).toList();
        short[] all =
                new short[made.stream().mapToInt(each -> each.pcm().length).sum()];
        int at = 0;
        for (Heard each : made) {
            System.arraycopy(each.pcm(), 0, all, at, each.pcm().length);
            at += each.pcm().length;
        }
        return all;
    }

    @Test
    void described_silence_is_heard_as_noise_of_its_level_while_time_passes_and_sound_finds_its_place_behind_it() {
        bench.ear.answered();
        speak(50);
        long begin = heard.getFirst().sampleTime();
        silence(2000, MINUS_40_DBOV);
        // 100 ms and a piece behind the present at most.
        assertThat(noise().length).isBetween(8 * 1860, 8 * 1920);
        speak(10);

        isWhole();
        short[] noise = noise();
        assertThat(noise).hasSize(16_000);
        assertThat(Speech.rms(noise, 0, noise.length)).isCloseTo(RMS_OF_40, within(0.05 * RMS_OF_40));
        assertThat(heard.getLast().sampleTime()).isEqualTo(begin + 8000 + 16_000 + 9 * 160);
        assertThat(heard.getLast().concealed()).isFalse();
        assertThat(bench.ear.concealedFrames()).isZero();
    }

    @Test
    void voice_activity_ends_with_the_sound_and_never_begins_with_the_noise_however_loud() {
        bench.ear.answered();
        speak(100);
        assertThat(bench.events).hasAtLeastOneElementOfType(LegEvent.SpeechStarted.class);
        silence(600, 20);
        assertThat(bench.events).last().isInstanceOf(LegEvent.SpeechEnded.class);
        int events = bench.events.size();
        silence(10_000, 6);
        assertThat(Speech.rms(noise(), 8000, 40_000)).isGreaterThan(10_000);
        assertThat(bench.events).hasSize(events);
    }

    @Test
    void a_described_spectrum_colours_the_noise_and_leaves_its_level() {
        bench.ear.answered();
        speak(20);
        // One coefficient of about -0.9: neighbouring samples are alike.
        silence(2000, MINUS_40_DBOV, 13);
        short[] noise = noise();
        double product = 0;
        double power = 0;
        for (int i = 1; i < noise.length; i++) {
            product += (double) noise[i] * noise[i - 1];
            power += (double) noise[i] * noise[i];
        }
        assertThat(Math.abs(product / power)).isGreaterThan(0.8);
        assertThat(Speech.rms(noise, 800, noise.length)).isCloseTo(RMS_OF_40, within(0.25 * RMS_OF_40));
    }

    @Test
    void a_first_packet_that_is_lost_after_the_silence_moves_nothing() {
        bench.ear.answered();
        speak(50);
        long begin = heard.getFirst().sampleTime();
        silence(1000, MINUS_40_DBOV);
        bench.skipOnWire();
        bench.run(20);
        speak(10);
        bench.run(100);
        read();

        isWhole();
        assertThat(heard.getLast().sampleTime()).isEqualTo(begin + 8000 + 8000 + 160 + 9 * 160);
        assertThat(noise()).hasSize(8000 + 160);
    }

    @Test
    void a_description_before_any_sound_and_an_empty_one_are_silence_as_before() {
        bench.ear.answered();
        bench.describeSilence(1000, MINUS_40_DBOV);
        read();
        assertThat(heard).isEmpty();
        speak(10);
        bench.describeSilence(1000);
        read();
        assertThat(noise()).isEmpty();
        speak(1);
        assertThat(heard.getLast().gap()).isTrue();
    }

    @Test
    void noise_allocates_nothing() {
        NoiseFill fill = new NoiseFill(8000);
        byte[] payload = {40, 100, 120};
        long[] now = {0};
        long bytes = Allocation.ofRounds(50_000, () -> {
            now[0] += 20_000_000;
            fill.describe(0, payload, 0, payload.length);
            int unused = fill.due(now[0]) ? fill.make(1000) : 0;
        });
        assertThat(bytes).isZero();
    }
}
