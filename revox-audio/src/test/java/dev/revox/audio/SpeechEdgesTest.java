package dev.revox.audio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.audio.speech.Speech;
import dev.revox.audio.vad.VoiceActivity;
import dev.revox.audio.wav.WavFile;
import dev.revox.line.LegEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SpeechEdgesTest {

    @Test
    void recorded_speech_between_silences_has_edges_in_arrival_time() {
        WavFile speech = Speech.recorded("speech-8k.wav");
        LegBench bench = new LegBench(VoiceActivity.energy("test"));
        bench.ear.answered();
        short[] hush = Speech.noise(16_000, 8, 1);
        short[] voice = speech.samples()[0];
        play(bench, hush);
        int seconds = 6;
        play(bench, java.util.Arrays.copyOf(voice, 8000 * seconds));
        play(bench, hush);

        List<LegEvent> edges = bench.events.stream()
                .filter(event -> event instanceof LegEvent.SpeechStarted || event instanceof LegEvent.SpeechEnded)
                .toList();
        assertPausesAlternate(bench.events);
        assertThat(edges).isNotEmpty();
        for (int i = 0; i < edges.size(); i++) {
            assertThat(edges.get(i))
                    .isInstanceOf(i % 2 == 0 ? LegEvent.SpeechStarted.class : LegEvent.SpeechEnded.class);
        }
        assertThat(edges.getFirst()).isInstanceOfSatisfying(LegEvent.SpeechStarted.class, started -> {
            assertThat(started.speechStartNanos()).isGreaterThanOrEqualTo(1_980_000_000L);
            assertThat(started.atNanos() - started.speechStartNanos()).isBetween(0L, 150_000_000L);
        });
        assertThat(edges.getLast()).isInstanceOfSatisfying(LegEvent.SpeechEnded.class, ended -> {
            assertThat(ended.speechEndNanos()).isLessThanOrEqualTo((2 + seconds) * 1_000_000_000L + 60_000_000L);
            assertThat(ended.atNanos() - ended.speechEndNanos()).isBetween(200_000_000L, 700_000_000L);
        });
    }

    /** Within speech only, confirmed at most once each, resumed only after a pause. */
    private static void assertPausesAlternate(List<LegEvent> events) {
        boolean speaking = false;
        boolean paused = false;
        int pauses = 0;
        for (LegEvent event : events) {
            switch (event) {
                case LegEvent.SpeechStarted started -> speaking = true;
                case LegEvent.SpeechEnded ended -> {
                    speaking = false;
                    paused = false;
                }
                case LegEvent.SpeechPaused pause -> {
                    assertThat(speaking).isTrue();
                    assertThat(pause.confirmed() || !paused).isTrue();
                    assertThat(pause.atNanos() - pause.speechEndNanos()).isBetween(0L, 250_000_000L);
                    paused = true;
                    pauses++;
                }
                case LegEvent.SpeechResumed resumed -> {
                    assertThat(paused).isTrue();
                    paused = false;
                }
                default -> {}
            }
        }
        assertThat(pauses).isPositive();
    }

    private static void play(LegBench bench, short[] pcm) {
        for (int at = 0; at + LegBench.FRAME <= pcm.length; at += LegBench.FRAME) {
            bench.hear(pcm, at);
        }
    }
}
