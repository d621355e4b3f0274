package dev.revox.audio.vad;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.audio.speech.Allocation;
import dev.revox.audio.speech.Speech;
import dev.revox.audio.vad.SpeechGate.Edge;
import dev.revox.line.ListenSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpeechGateTest {

    private static final int WINDOW = 256;
    private static final int PACKET = 160;
    private static final short[] LOUD = Speech.noise(WINDOW, 3000, 1);
    /** 34 dB below the voice, and above the noise. */
    private static final short[] FAINT = Speech.noise(WINDOW, 60, 3);

    private static final short[] QUIET = Speech.noise(WINDOW, 10, 2);

    private final SpeechGate gate = new SpeechGate(ListenSettings.DEFAULT, 8000, WINDOW);
    private final List<String> edges = new ArrayList<>();
    private final List<String> pauses = new ArrayList<>();
    private final short[] stream = new short[8000];
    private int window;
    private long heard;
    private long judged;

    private void windows(int count, float probability, short[] pcm, boolean concealed) {
        for (int i = 0; i < count; i++) {
            Edge edge = gate.accept(probability, pcm, 0, (long) window++ * WINDOW, concealed);
            long end = gate.speechEndSample() / WINDOW;
            switch (edge) {
                case STARTED -> edges.add("start " + gate.speechStartSample() / WINDOW + " at " + window);
                case ENDED -> edges.add("end " + end + " at " + window);
                case PAUSED -> pauses.add("pause " + end + " at " + window);
                case PAUSE_CONFIRMED -> pauses.add("sure " + end + " at " + window);
                case RESUMED -> pauses.add("on " + gate.resumedSample() / WINDOW + " at " + window);
                case NONE -> {}
            }
        }
    }

    @Test
    void speech_starts_with_its_first_window_and_ends_with_its_last_loud_sound() {
        windows(10, 0.01f, QUIET, false);
        windows(10, 0.9f, LOUD, false);
        // The network goes on believing in speech for three windows.
        windows(3, 0.6f, QUIET, false);
        windows(10, 0.05f, QUIET, false);
        assertThat(edges).containsExactly("start 10 at 12", "end 20 at 31");
        assertThat(gate.speechEndSample()).isBetween(20L * WINDOW - 80, 20L * WINDOW);
    }

    @Test
    void a_click_is_no_speech() {
        windows(5, 0.01f, QUIET, false);
        windows(1, 0.9f, LOUD, false);
        windows(20, 0.01f, QUIET, false);
        assertThat(edges).isEmpty();
    }

    @Test
    void a_short_pause_is_no_end() {
        windows(5, 0.9f, LOUD, false);
        windows(7, 0.05f, QUIET, false);
        windows(5, 0.9f, LOUD, false);
        windows(8, 0.05f, QUIET, false);
        assertThat(edges).containsExactly("start 0 at 2", "end 17 at 25");
    }

    @Test
    void r06_made_up_sound_neither_begins_speech_nor_prolongs_it() {
        windows(5, 0.01f, QUIET, false);
        windows(10, 0.9f, LOUD, true);
        assertThat(edges).isEmpty();
        windows(3, 0.9f, LOUD, false);
        windows(8, 0.9f, LOUD, true);
        assertThat(edges).containsExactly("start 15 at 17", "end 18 at 26");
    }

    @Test
    void one_concealed_window_inside_a_word_is_no_end() {
        windows(5, 0.9f, LOUD, false);
        windows(1, 0.1f, LOUD, true);
        windows(5, 0.9f, LOUD, false);
        assertThat(edges).containsExactly("start 0 at 2");
        assertThat(gate.speaking()).isTrue();
    }

    @Test
    void a_pause_is_told_by_the_sound_first_and_by_the_network_when_it_agrees() {
        windows(10, 0.9f, LOUD, false);
        windows(4, 0.7f, QUIET, false);
        windows(1, 0.4f, QUIET, false);
        assertThat(pauses).containsExactly("pause 10 at 12", "sure 10 at 15");
        windows(3, 0.9f, LOUD, false);
        assertThat(pauses).containsExactly("pause 10 at 12", "sure 10 at 15", "on 15 at 16");
        windows(1, 0.2f, QUIET, false);
        windows(1, 0.2f, QUIET, false);
        assertThat(pauses).endsWith("sure 18 at 20");
        assertThat(edges).containsExactly("start 0 at 2");
    }

    @Test
    void a_pause_is_told_anew_when_the_faint_end_of_a_word_is_over() {
        List<String> told = new ArrayList<>();
        packets(10, 0.01f, QUIET, told);
        packets(20, 0.9f, LOUD, told);
        packets(6, 0.7f, FAINT, told);
        packets(6, 0.7f, QUIET, told);
        assertThat(told).containsExactly("PAUSED at 34", "PAUSED at 38");
        packets(2, 0.2f, QUIET, told);
        assertThat(told).endsWith("PAUSE_CONFIRMED at 44").hasSize(3);
    }

    @Test
    void a_pause_in_silence_is_not_told_anew() {
        List<String> told = new ArrayList<>();
        packets(10, 0.01f, QUIET, told);
        packets(20, 0.9f, LOUD, told);
        packets(10, 0.7f, QUIET, told);
        assertThat(told).containsExactly("PAUSED at 34");
    }

    /** As a leg does it: each packet is heard when it comes, and its sound judged once a window is full. */
    private void packets(int count, float probability, short[] pcm, List<String> told) {
        for (int i = 0; i < count; i++) {
            System.arraycopy(pcm, 0, stream, (int) heard, PACKET);
            heard += PACKET;
            tell(gate.hear(pcm, 0, PACKET, heard - PACKET), told);
            for (; judged + WINDOW <= heard; judged += WINDOW) {
                tell(gate.accept(probability, stream, (int) judged, judged, false), told);
            }
        }
    }

    private void tell(Edge edge, List<String> told) {
        if (edge != Edge.NONE && edge != Edge.STARTED) {
            told.add(edge + " at " + heard / PACKET);
        }
    }

    @Test
    void a_stop_within_a_word_and_made_up_sound_are_no_pause() {
        windows(5, 0.9f, LOUD, false);
        windows(1, 0.9f, QUIET, false);
        windows(5, 0.9f, LOUD, false);
        windows(4, 0.9f, QUIET, true);
        windows(5, 0.9f, LOUD, false);
        assertThat(pauses).isEmpty();
    }

    @Test
    void a_click_in_a_pause_does_not_end_it() {
        windows(5, 0.9f, LOUD, false);
        windows(3, 0.3f, QUIET, false);
        windows(1, 0.3f, LOUD, false);
        windows(1, 0.3f, QUIET, false);
        assertThat(pauses).containsExactly("sure 5 at 7");
    }

    @Test
    void a_gap_as_long_as_the_silence_ends_speech_where_it_was_last_heard() {
        windows(5, 0.9f, LOUD, false);
        window += 100;
        windows(3, 0.9f, LOUD, false);
        assertThat(edges).containsExactly("start 0 at 2", "end 5 at 106", "start 106 at 108");
    }

    @Test
    void real_speech_gives_edges_in_turn_and_ends_within_the_sound() {
        short[] speech = Speech.recorded("speech-8k.wav").samples()[0];
        EnergyDetector energy = new EnergyDetector(8000);
        SpeechGate listening = new SpeechGate(
                new ListenSettings(0.5f, Duration.ofMillis(60), Duration.ofMillis(200), Duration.ofMillis(60)),
                8000,
                WINDOW);
        boolean speaking = false;
        int turns = 0;
        long lastEnd = 0;
        for (int at = 0; at + WINDOW <= speech.length; at += WINDOW) {
            switch (listening.accept(energy.probability(speech, at), speech, at, at, false)) {
                case STARTED -> {
                    assertThat(speaking).isFalse();
                    assertThat(listening.speechStartSample()).isBetween(lastEnd, (long) at);
                    speaking = true;
                }
                case ENDED -> {
                    assertThat(speaking).isTrue();
                    assertThat(listening.speechEndSample())
                            .isBetween(listening.speechStartSample(), at + WINDOW - 1600L);
                    lastEnd = listening.speechEndSample();
                    speaking = false;
                    turns++;
                }
                case PAUSED, PAUSE_CONFIRMED -> {
                    assertThat(speaking).isTrue();
                    assertThat(listening.speechEndSample())
                            .isBetween(listening.speechStartSample(), at + WINDOW - 480L);
                }
                case RESUMED -> {
                    assertThat(speaking).isTrue();
                    assertThat(listening.resumedSample()).isEqualTo(at);
                }
                case NONE -> assertThat(listening.speaking()).isEqualTo(speaking);
            }
        }
        System.out.printf("VAD: energy found %d stretches of speech in %d s%n", turns, speech.length / 8000);
        assertThat(turns).isGreaterThan(10);
    }

    @Test
    void energy_hears_speech_over_steady_noise_and_gets_used_to_the_noise() {
        EnergyDetector energy = new EnergyDetector(8000);
        float atLast = 1;
        for (int i = 0; i < 2000; i++) {
            atLast = energy.probability(Speech.noise(WINDOW, 150, i), 0);
        }
        assertThat(atLast).isLessThan(0.1f);
        assertThat(energy.probability(LOUD, 0)).isGreaterThan(0.9f);
    }

    @Test
    void listening_allocates_nothing() {
        EnergyDetector energy = new EnergyDetector(8000);
        long bytes = Allocation.ofRounds(50_000, () -> {
            short[] pcm = window / 20 % 2 == 0 ? LOUD : QUIET;
            gate.accept(energy.probability(pcm, 0), pcm, 0, (long) window++ * WINDOW, false);
        });
        assertThat(bytes).isZero();
    }
}
