package dev.revox.audio.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.audio.wav.WavFile;
import dev.revox.media.recording.RecordingFormat;
import dev.revox.media.recording.RecordingKey;
import dev.revox.media.recording.RecordingSettings;
import dev.revox.media.recording.RecordingTarget;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** R11: a process that records is killed in the middle of it. */
final class KilledRecordingTest {

    private static final int FRAME = 160;
    private static final int KILLED_AFTER_WRITES = 40;
    private static final RecordingKey KEY = RecordingKey.of(new byte[RecordingKey.BYTES]);

    @TempDir
    private Path folder;

    /** Records as fast as it can, and tells after each write how many samples must be there. */
    static final class Recording {
        private Recording() {}

        public static void main(String[] arguments) {
            RecordingTarget target = target(Path.of(arguments[0]), arguments[1]);
            StereoRecorder recorder = new StereoRecorder(target, 8000, () -> {});
            short[] frame = new short[FRAME];
            Arrays.fill(frame, (short) 1000);
            for (long at = 0; ; ) {
                for (int i = 0; i < 40; i++, at += FRAME) {
                    recorder.otherSide(frame, 0, FRAME, at);
                    recorder.ourSide(frame, 0, FRAME, at);
                }
                recorder.write();
                System.out.println(at);
            }
        }
    }

    private static RecordingTarget target(Path folder, String kind) {
        RecordingSettings settings = RecordingSettings.into(folder);
        return switch (kind) {
            case "wav" -> settings.target("call");
            case "ogg" -> settings.withFormat(RecordingFormat.OGG_OPUS).target("call");
            default -> settings.sealedWith(KEY).target("call");
        };
    }

    /** What a killed process had told. */
    private long killed(String kind) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Recording.class.getName(),
                        folder.toString(),
                        kind)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long told = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < KILLED_AFTER_WRITES; i++) {
                told = Long.parseLong(lines.readLine());
            }
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).isNotZero();
        return told;
    }

    @Test
    void a_wav_holds_everything_that_was_written() throws Exception {
        long told = killed("wav");
        WavFile file = WavFile.read(target(folder, "wav").file());
        assertThat((long) file.length()).isGreaterThanOrEqualTo(told);
        assertThat(file.samples()[1]).containsOnly((short) 1000);
    }

    @Test
    void a_sealed_wav_holds_everything_that_was_written() throws Exception {
        long told = killed("sealed");
        Path plain = folder.resolve("plain.wav");
        assertThat(SealedRecording.unseal(target(folder, "sealed").file(), KEY, plain))
                .isEqualTo(SealedRecording.Ending.CUT_OFF);
        assertThat((long) WavFile.read(plain).length()).isGreaterThanOrEqualTo(told);
    }

    @Test
    void an_ogg_has_pages_up_to_the_end() throws Exception {
        long told = killed("ogg");
        byte[] bytes = Files.readAllBytes(target(folder, "ogg").file());
        long lastGranule = 0;
        for (int at = 0; at + 27 <= bytes.length; at++) {
            if (bytes[at] == 'O' && bytes[at + 1] == 'g' && bytes[at + 2] == 'g' && bytes[at + 3] == 'S') {
                lastGranule = java.nio.ByteBuffer.wrap(bytes)
                        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                        .getLong(at + 6);
            }
        }
        // Granules are samples at 48 kHz, and the last page may have been cut.
        assertThat(lastGranule).isGreaterThanOrEqualTo((told - 40 * FRAME) * 6);
    }
}
