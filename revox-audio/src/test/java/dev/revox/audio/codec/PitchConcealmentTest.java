package dev.revox.audio.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.audio.speech.Speech;
import org.junit.jupiter.api.Test;

class PitchConcealmentTest {

    private static final int FRAME = 160;

    /** Plays a sound with the frames from..to missing and gives what was heard. */
    private static short[] withHole(short[] sound, int fromFrame, int toFrame) {
        PitchConcealment concealment = new PitchConcealment(8000);
        short[] heard = sound.clone();
        for (int frame = 0; frame < sound.length / FRAME; frame++) {
            if (frame >= fromFrame && frame < toFrame) {
                concealment.conceal(heard, frame * FRAME, FRAME);
            } else {
                concealment.heard(heard, frame * FRAME, FRAME);
            }
        }
        return heard;
    }

    @Test
    void r06_a_lost_frame_of_a_steady_voice_is_continued_nearly_unchanged() {
        short[] voice = Speech.vowel(8000, 20 * FRAME, 125, 4000);
        short[] heard = withHole(voice, 10, 11);
        double error = 0;
        for (int i = 10 * FRAME; i < 10 * FRAME + 80; i++) {
            error += Math.pow(heard[i] - voice[i], 2);
        }
        double relative = Math.sqrt(error / 80) / Speech.rms(voice, 10 * FRAME, 10 * FRAME + 80);
        // The pitch, 64 samples, is found exactly.
        assertThat(relative).isLessThan(0.02);
    }

    @Test
    void r06_concealment_fades_and_is_silent_after_60_ms() {
        short[] voice = Speech.vowel(8000, 20 * FRAME, 140, 4000);
        short[] heard = withHole(voice, 8, 14);
        int hole = 8 * FRAME;
        double first = Speech.rms(heard, hole, hole + 80);
        assertThat(first).isGreaterThan(0.8 * Speech.rms(voice, 0, hole));
        double before = first;
        for (int step = 2; step < 6; step++) {
            double now = Speech.rms(heard, hole + step * 80, hole + (step + 1) * 80);
            assertThat(now).as("10 ms number %d", step).isLessThan(before);
            before = now;
        }
        assertThat(Speech.rms(heard, hole + 480, hole + 6 * FRAME)).isZero();
    }

    @Test
    void r06_joints_make_no_click() {
        short[] voice = Speech.vowel(8000, 30 * FRAME, 117, 4000);
        int steepest = 0;
        for (int i = 1; i < voice.length; i++) {
            steepest = Math.max(steepest, Math.abs(voice[i] - voice[i - 1]));
        }
        short[] heard = withHole(voice, 10, 12);
        for (int i = 10 * FRAME; i < 12 * FRAME + 40; i++) {
            assertThat(Math.abs(heard[i] - heard[i - 1])).as("sample %d", i).isLessThanOrEqualTo(steepest * 3 / 2);
        }
    }

    @Test
    void r06_concealed_speech_is_closer_to_the_truth_than_silence() {
        short[] speech = Speech.recorded("speech-8k.wav").samples()[0];
        double concealedError = 0;
        double silenceError = 0;
        PitchConcealment concealment = new PitchConcealment(8000);
        short[] frame = new short[FRAME];
        for (int at = 0; at + FRAME <= speech.length; at += FRAME) {
            System.arraycopy(speech, at, frame, 0, FRAME);
            if (at / FRAME % 20 == 19) {
                concealment.conceal(frame, 0, FRAME);
                for (int i = 0; i < 80; i++) {
                    concealedError += Math.pow(frame[i] - speech[at + i], 2);
                    silenceError += Math.pow(speech[at + i], 2);
                }
            } else {
                concealment.heard(frame, 0, FRAME);
            }
        }
        double gainDb = 10 * Math.log10(silenceError / concealedError);
        System.out.printf("G.711 concealment, first 10 ms of 5 %% lost frames: %.1f dB better than silence%n", gainDb);
        assertThat(gainDb).isGreaterThan(0.5);
    }

    @Test
    void silence_before_a_hole_is_continued_as_silence() {
        short[] heard = withHole(new short[10 * FRAME], 3, 5);
        assertThat(Speech.rms(heard, 0, heard.length)).isZero();
    }
}
