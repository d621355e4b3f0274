package dev.revox.audio.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.audio.speech.Allocation;
import dev.revox.audio.speech.Speech;
import dev.revox.audio.wav.WavFile;
import dev.revox.media.recording.RecordingTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StereoRecorderTest {

    private static final int FRAME = 160;

    @TempDir
    Path folder;

    private Path wav(String name) {
        return folder.resolve(name + ".wav");
    }

    /** Lets the recording thread catch up: its ring must not be the limit of a test that is faster than real time. */
    private static void drain(StereoRecorder recorder) {
        recorder.write();
    }

    /** A recorder whose writing the test does itself, on no other thread. */
    private StereoRecorder byHand(String name) {
        return new StereoRecorder(RecordingTarget.wav(wav(name)), 8000, () -> {});
    }

    @Test
    void r11_both_sides_lie_where_their_sample_times_say() {
        StereoRecorder recorder = byHand("aligned");
        short[] voice = Speech.vowel(8000, 50 * FRAME, 120, 4000);
        for (int frame = 0; frame < 50; frame++) {
            if (frame != 20 && frame != 21) {
                recorder.otherSide(voice, frame * FRAME, FRAME, (long) frame * FRAME);
            }
            recorder.ourSide(voice, frame * FRAME, FRAME, 1000 + (long) frame * FRAME);
            drain(recorder);
        }
        recorder.close();
        assertThat(recorder.write()).isFalse();
        assertThat(recorder.finished()).isCompletedWithValue(wav("aligned"));
        WavFile file = WavFile.read(wav("aligned"));
        assertThat(file.length()).isEqualTo(50 * FRAME + 1000);
        short[] left = Arrays.copyOf(voice, 50 * FRAME + 1000);
        Arrays.fill(left, 20 * FRAME, 22 * FRAME, (short) 0);
        assertThat(file.samples()[0]).isEqualTo(left);
        short[] right = new short[50 * FRAME + 1000];
        System.arraycopy(voice, 0, right, 1000, voice.length);
        assertThat(file.samples()[1]).isEqualTo(right);
        assertThat(recorder.droppedSamples()).isZero();
    }

    @Test
    void pieces_of_any_length_are_recorded_whole() {
        StereoRecorder recorder = byHand("pieces");
        short[] voice = Speech.noise(8000, 3000, 3);
        int at = 0;
        for (int piece = 1; at < voice.length; piece = piece * 5 % 961) {
            int take = Math.min(piece, voice.length - at);
            recorder.otherSide(voice, at, take, at);
            at += take;
            drain(recorder);
        }
        recorder.close();
        recorder.write();
        assertThat(WavFile.read(wav("pieces")).samples()[0]).isEqualTo(voice);
    }

    @Test
    void a_side_that_falls_silent_does_not_hold_up_the_other() {
        StereoRecorder recorder = byHand("silent");
        short[] voice = Speech.vowel(8000, FRAME, 120, 4000);
        for (int frame = 0; frame < 500; frame++) {
            recorder.ourSide(voice, 0, FRAME, (long) frame * FRAME);
            drain(recorder);
        }
        // The other side is back: what is older than the lead has been written as silence, the rest fits in.
        recorder.otherSide(voice, 0, FRAME, 100 * FRAME);
        recorder.otherSide(voice, 0, FRAME, 499 * FRAME);
        recorder.close();
        recorder.write();
        WavFile file = WavFile.read(wav("silent"));
        assertThat(file.length()).isEqualTo(500 * FRAME);
        assertThat(recorder.droppedSamples()).isZero();
        assertThat(Speech.rms(file.samples()[0], 0, 499 * FRAME)).isZero();
        assertThat(Arrays.copyOfRange(file.samples()[0], 499 * FRAME, 500 * FRAME))
                .isEqualTo(voice);
    }

    @Test
    void sound_from_before_the_start_and_from_another_century_is_left_out() {
        StereoRecorder recorder = byHand("times");
        short[] voice = Speech.vowel(8000, FRAME, 120, 4000);
        recorder.otherSide(voice, 0, FRAME, -1000);
        recorder.otherSide(voice, 0, FRAME, -60);
        recorder.otherSide(voice, 0, FRAME, 1L << 40);
        recorder.close();
        recorder.write();
        assertThat(WavFile.read(wav("times")).samples()[0]).isEqualTo(Arrays.copyOfRange(voice, 60, FRAME));
        assertThat(recorder.droppedSamples()).isEqualTo(FRAME);
    }

    @Test
    void a_disk_that_does_not_keep_up_costs_sound_and_neither_memory_nor_the_call() {
        StereoRecorder recorder = byHand("slow");
        short[] voice = Speech.vowel(8000, FRAME, 120, 4000);
        for (int frame = 0; frame < 1000; frame++) {
            recorder.otherSide(voice, 0, FRAME, (long) frame * FRAME);
        }
        assertThat(recorder.droppedSamples()).isEqualTo((1000 - 128) * FRAME);
        drain(recorder);
        recorder.otherSide(voice, 0, FRAME, 1000 * FRAME);
        recorder.close();
        recorder.write();
        assertThat(WavFile.read(wav("slow")).length()).isEqualTo(1001 * FRAME);
    }

    @Test
    void r11_the_file_is_valid_at_every_moment() throws Exception {
        StereoRecorder recorder = byHand("alive");
        short[] voice = Speech.vowel(8000, FRAME, 120, 4000);
        for (int frame = 0; frame < 100; frame++) {
            recorder.otherSide(voice, 0, FRAME, (long) frame * FRAME);
            recorder.ourSide(voice, 0, FRAME, (long) frame * FRAME);
            drain(recorder);
            Path copy = Files.copy(wav("alive"), folder.resolve("copy" + frame));
            assertThat(WavFile.read(copy).length()).isEqualTo((frame + 1) * FRAME);
        }
        recorder.close();
        recorder.write();
    }

    @Test
    void a_full_disk_stops_the_recording_and_says_so() {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "needs /dev/full, a disk that is always full");
        StereoRecorder recorder = new StereoRecorder(RecordingTarget.wav(full), 8000, () -> {});
        recorder.otherSide(new short[FRAME], 0, FRAME, 0);
        assertThat(recorder.write()).isTrue();
        assertThat(recorder.failure()).hasValueSatisfying(why -> assertThat(why).contains("recording stopped"));
        recorder.otherSide(new short[FRAME], 0, FRAME, FRAME);
        recorder.close();
        assertThat(recorder.write()).isFalse();
        assertThat(recorder.finished()).isCompletedExceptionally();
    }

    @Test
    void the_recording_thread_finishes_all_files_when_it_is_closed() {
        short[] voice = Speech.vowel(16_000, 320, 120, 4000);
        StereoRecorder first;
        StereoRecorder second;
        try (RecordingWriter writer = RecordingWriter.start()) {
            first = writer.record(RecordingTarget.wav(wav("first")), 16_000);
            second = writer.record(RecordingTarget.wav(wav("second")), 16_000);
            for (int frame = 0; frame < 100; frame++) {
                first.otherSide(voice, 0, 320, frame * 320L);
                second.ourSide(voice, 0, 320, frame * 320L);
            }
            first.close();
            assertThat(first.finished().join()).isEqualTo(wav("first"));
        }
        assertThat(second.finished()).isCompletedWithValue(wav("second"));
        assertThat(WavFile.read(wav("first")).length()).isEqualTo(32_000);
        assertThat(WavFile.read(wav("second")).samples()[1]).startsWith(voice);
    }

    @Test
    void a_folder_that_does_not_exist_fails_the_recording_and_not_the_thread() {
        try (RecordingWriter writer = RecordingWriter.start()) {
            StereoRecorder lost =
                    writer.record(RecordingTarget.wav(folder.resolve("absent").resolve("x.wav")), 8000);
            lost.close();
            assertThatThrownBy(() -> lost.finished().join()).hasMessageContaining("absent");
            StereoRecorder fine = writer.record(RecordingTarget.wav(wav("fine")), 8000);
            fine.close();
            assertThat(fine.finished().join()).isEqualTo(wav("fine"));
        }
    }

    @Test
    void recording_allocates_nothing_on_the_media_loop() {
        short[] voice = Speech.vowel(8000, FRAME, 120, 4000);
        long[] at = new long[1];
        long bytes;
        StereoRecorder recorder;
        try (RecordingWriter writer = RecordingWriter.start()) {
            recorder = writer.record(RecordingTarget.wav(wav("allocation")), 8000);
            bytes = Allocation.ofRounds(50_000, () -> {
                recorder.otherSide(voice, 0, FRAME, at[0]);
                recorder.ourSide(voice, 0, FRAME, at[0]);
                at[0] += FRAME;
            });
        }
        assertThat(recorder.finished()).isCompletedWithValue(wav("allocation"));
        assertThat(bytes).isZero();
    }
}
