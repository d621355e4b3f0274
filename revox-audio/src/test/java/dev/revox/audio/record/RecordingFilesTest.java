package dev.revox.audio.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.RevoxException;
import dev.revox.audio.speech.Speech;
import dev.revox.audio.wav.WavFile;
import dev.revox.audio.wav.WavWriter;
import dev.revox.media.recording.RecordingFormat;
import dev.revox.media.recording.RecordingKey;
import dev.revox.media.recording.RecordingSettings;
import dev.revox.media.recording.RecordingTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R11: what is in the files, whole, cut off and sealed. */
final class RecordingFilesTest {

    private static final int FRAME = 160;
    private static final RecordingKey KEY = key(1);

    @TempDir
    private Path folder;

    private static RecordingKey key(long seed) {
        byte[] secret = new byte[RecordingKey.BYTES];
        new Random(seed).nextBytes(secret);
        return RecordingKey.of(secret);
    }

    /** Records seconds of two voices; {@code close} or leave it as a killed process would. */
    private StereoRecorder record(RecordingTarget target, int rateHz, int seconds, boolean close) {
        StereoRecorder recorder = new StereoRecorder(target, rateHz, () -> {});
        int frame = rateHz / 50;
        short[] left = Speech.sine(rateHz, rateHz * seconds, 400, 6000);
        short[] right = Speech.sine(rateHz, rateHz * seconds, 900, 6000);
        for (int i = 0; i < 50 * seconds; i++) {
            recorder.otherSide(left, i * frame, frame, (long) i * frame);
            recorder.ourSide(right, i * frame, frame, (long) i * frame);
            if (i % 40 == 39) {
                assertThat(recorder.write()).isTrue();
            }
        }
        if (close) {
            recorder.close();
            assertThat(recorder.write()).isFalse();
            assertThat(recorder.finished()).isCompletedWithValue(target.file());
        }
        return recorder;
    }

    private RecordingTarget target(RecordingFormat format, boolean sealed) {
        RecordingSettings settings = RecordingSettings.into(folder).withFormat(format);
        return (sealed ? settings.sealedWith(KEY) : settings).target("call");
    }

    /** Decodes with opusdec, which nobody here wrote. */
    private WavFile opusdec(Path ogg) throws Exception {
        Path wav = folder.resolve("decoded.wav");
        int exit;
        try {
            exit = new ProcessBuilder("opusdec", "--quiet", "--rate", "48000", ogg.toString(), wav.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("opusdec.log").toFile())
                    .start()
                    .waitFor();
        } catch (IOException absent) {
            Assumptions.abort("needs opusdec of opus-tools");
            throw absent;
        }
        assertThat(exit).as(Files.readString(folder.resolve("opusdec.log"))).isZero();
        assertThat(Files.readString(folder.resolve("opusdec.log"))).doesNotContain("WARNING", "hole");
        return WavFile.read(wav);
    }

    /** How much of a channel is one frequency. */
    private static double share(short[] pcm, int rateHz, double hz) {
        double real = 0;
        double imaginary = 0;
        double energy = 1;
        for (int i = 0; i < pcm.length; i++) {
            real += pcm[i] * Math.cos(2 * Math.PI * hz * i / rateHz);
            imaginary += pcm[i] * Math.sin(2 * Math.PI * hz * i / rateHz);
            energy += (double) pcm[i] * pcm[i];
        }
        return 2 * (real * real + imaginary * imaginary) / pcm.length / energy;
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16_000})
    void ogg_opus_is_understood_by_an_independent_decoder_with_both_sides_apart(int rateHz) throws Exception {
        RecordingTarget target = target(RecordingFormat.OGG_OPUS, false);
        StereoRecorder unused = record(target, rateHz, 3, true);
        assertThat(Files.size(target.file())).isLessThan(25_000);
        WavFile decoded = opusdec(target.file());
        assertThat(decoded.channels()).isEqualTo(2);
        assertThat(decoded.length()).isEqualTo(3 * 48_000);
        assertThat(share(decoded.samples()[0], 48_000, 400)).isGreaterThan(0.8);
        assertThat(share(decoded.samples()[1], 48_000, 900)).isGreaterThan(0.8);
    }

    @Test
    void ogg_opus_that_was_never_closed_is_there_up_to_its_last_page() throws Exception {
        RecordingTarget target = target(RecordingFormat.OGG_OPUS, false);
        StereoRecorder unused = record(target, 8000, 3, false);
        assertThat(opusdec(target.file()).length()).isBetween((int) (2.2 * 48_000), 3 * 48_000);
        byte[] bytes = Files.readAllBytes(target.file());
        Files.write(target.file(), Arrays.copyOf(bytes, bytes.length - 37));
        assertThat(opusdec(target.file()).length()).isBetween(48_000, 3 * 48_000);
    }

    @ParameterizedTest
    @EnumSource(RecordingFormat.class)
    void a_sealed_recording_opens_with_its_key_and_is_the_same_as_a_plain_one(RecordingFormat format) throws Exception {
        RecordingTarget sealed = target(format, true);
        assertThat(sealed.file().toString()).endsWith(format.extension() + ".sealed");
        StereoRecorder unused = record(sealed, 8000, 3, true);
        Path opened = folder.resolve("opened" + format.extension());
        assertThat(SealedRecording.unseal(sealed.file(), KEY, opened)).isEqualTo(SealedRecording.Ending.WHOLE);
        if (format == RecordingFormat.WAV) {
            RecordingTarget plain = target(format, false);
            StereoRecorder also = record(plain, 8000, 3, true);
            assertThat(also.droppedSamples()).isZero();
            assertThat(opened).hasSameBinaryContentAs(plain.file());
        } else {
            assertThat(opusdec(opened).length()).isEqualTo(3 * 48_000);
        }
    }

    @Test
    void a_sealed_recording_that_was_never_closed_opens_up_to_its_last_whole_chunk() throws Exception {
        RecordingTarget sealed = target(RecordingFormat.WAV, true);
        StereoRecorder unused = record(sealed, 8000, 3, false);
        Path opened = folder.resolve("opened.wav");
        byte[] bytes = Files.readAllBytes(sealed.file());
        assertThat(SealedRecording.unseal(sealed.file(), KEY, opened)).isEqualTo(SealedRecording.Ending.CUT_OFF);
        int most = WavFile.read(opened).length();
        assertThat(most).isBetween(17_600, 24_000);
        for (int lost = 1; lost < bytes.length - 60; lost += 997) {
            Files.write(sealed.file(), Arrays.copyOf(bytes, bytes.length - lost));
            assertThat(SealedRecording.unseal(sealed.file(), KEY, opened)).isEqualTo(SealedRecording.Ending.CUT_OFF);
            if (Files.size(opened) > 0) {
                assertThat(WavFile.read(opened).length()).isLessThanOrEqualTo(most);
            }
        }
    }

    @Test
    void neither_another_key_nor_a_changed_byte_opens_a_sealed_recording() throws Exception {
        RecordingTarget sealed = target(RecordingFormat.WAV, true);
        StereoRecorder unused = record(sealed, 8000, 1, true);
        Path opened = folder.resolve("opened.wav");
        assertThatThrownBy(() -> SealedRecording.unseal(sealed.file(), key(2), opened))
                .isInstanceOf(RevoxException.class);
        assertThat(opened).doesNotExist();
        byte[] bytes = Files.readAllBytes(sealed.file());
        Random random = new Random(6);
        for (int i = 0; i < 60; i++) {
            byte[] changed = bytes.clone();
            // Behind the length of the first chunk: a changed length may look like a file that was cut off.
            changed[48 + random.nextInt(2000)] ^= (byte) (1 << random.nextInt(8));
            Files.write(sealed.file(), changed);
            assertThatThrownBy(() -> SealedRecording.unseal(sealed.file(), KEY, opened))
                    .as("change " + i)
                    .isInstanceOf(RevoxException.class);
        }
        Files.write(sealed.file(), new byte[100]);
        assertThatThrownBy(() -> SealedRecording.unseal(sealed.file(), KEY, opened))
                .hasMessageContaining("no sealed recording");
    }

    @Test
    void sound_is_nowhere_in_a_sealed_file_and_the_key_in_no_text() throws Exception {
        RecordingTarget sealed = target(RecordingFormat.WAV, true);
        StereoRecorder unused = record(sealed, 8000, 1, true);
        assertThat(new String(Files.readAllBytes(sealed.file()), java.nio.charset.StandardCharsets.ISO_8859_1))
                .startsWith("RVXSEAL1")
                .doesNotContain("RIFF", "WAVE");
        assertThat(sealed.toString()).contains("hidden");
        assertThatThrownBy(() -> RecordingKey.of(new byte[16])).hasMessageContaining("32");
    }

    @ParameterizedTest
    @EnumSource(RecordingFormat.class)
    void a_full_disk_ends_any_recording_and_nothing_else(RecordingFormat format) {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "needs /dev/full, a disk that is always full");
        for (Optional<RecordingKey> key : java.util.List.of(Optional.<RecordingKey>empty(), Optional.of(KEY))) {
            StereoRecorder recorder = new StereoRecorder(new RecordingTarget(full, format, key), 8000, () -> {});
            for (int i = 0; i < 200; i++) {
                recorder.otherSide(new short[FRAME], 0, FRAME, (long) i * FRAME);
                recorder.write();
            }
            assertThat(recorder.failure()).isPresent();
            recorder.close();
            assertThat(recorder.write()).isFalse();
            assertThat(recorder.finished()).isCompletedExceptionally();
        }
    }

    @Test
    void a_header_that_does_not_know_its_length_is_repaired() throws Exception {
        Path file = folder.resolve("stream.wav");
        java.nio.ByteBuffer header = WavWriter.streamHeader(8000, 2);
        byte[] bytes = new byte[header.remaining() + 4 * 1000 + 3];
        header.get(bytes, 0, 44);
        Files.write(file, bytes);
        WavWriter.repair(file);
        assertThat(WavFile.read(file).length()).isEqualTo(1000);
        assertThat(Files.readAllBytes(file)[40] & 0xFF).isEqualTo(4000 & 0xFF);
        Path other = Files.writeString(folder.resolve("other"), "OggS");
        WavWriter.repair(other);
        assertThat(other).hasContent("OggS");
    }
}
