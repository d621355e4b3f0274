package dev.revox.audio.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.revox.audio.speech.Speech;
import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R07: our decoder beside {@code opusdec} of opus-tools, which is libopus; skipped where that is not installed. */
@ParameterizedClass
@EnumSource(OpusBy.class)
class OpusdecAgreementTest {

    private static final int RATE_HZ = 16_000;
    private static final int SECONDS = 2;
    private static final double AGREED_DB = 40;

    /** opusdec decodes at 48 kHz and goes down to 16 kHz with a filter of its own; so many taps stand for it. */
    private static final int TAPS = 41;

    private final OpusBy by;

    @TempDir
    private Path folder = Path.of("");

    OpusdecAgreementTest(OpusBy by) {
        this.by = by;
    }

    private static boolean installed() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "opusdec")));
    }

    private static List<byte[]> encoded(int bitrate, int frame) throws OpusException {
        OpusApplication application = frame < 160
                ? OpusApplication.OPUS_APPLICATION_RESTRICTED_LOWDELAY
                : OpusApplication.OPUS_APPLICATION_VOIP;
        OpusEncoder encoder = new OpusEncoder(RATE_HZ, 1, application);
        encoder.setBitrate(bitrate);
        short[] voice = Speech.vowel(RATE_HZ, SECONDS * RATE_HZ, 130, 5000);
        short[] hiss = Speech.noise(voice.length, 150, 9);
        for (int i = 0; i < voice.length; i++) {
            voice[i] += hiss[i];
        }
        byte[] packet = new byte[1275];
        List<byte[]> packets = new ArrayList<>();
        for (int at = 0; at + frame <= voice.length; at += frame) {
            packets.add(Arrays.copyOf(packet, encoder.encode(voice, at, frame, packet, 0, packet.length)));
        }
        return packets;
    }

    private short[] decodedHere(List<byte[]> packets, int frame) {
        FrameDecoder decoder = by.decoder();
        short[] sound = new short[packets.size() * frame + RATE_HZ];
        int at = 0;
        for (byte[] packet : packets) {
            at += decoder.decode(packet, 0, packet.length, sound, at);
        }
        decoder.close();
        return Arrays.copyOf(sound, at);
    }

    private short[] decodedThere(List<byte[]> packets, int frame) throws IOException, InterruptedException {
        Path file = folder.resolve("in.opus");
        Path raw = folder.resolve("out.raw");
        Files.write(file, OggOpus.file(packets, 3 * frame));
        Process program = new ProcessBuilder(
                        "opusdec", "--quiet", "--no-dither", "--rate", "16000", file.toString(), raw.toString())
                .inheritIO()
                .start();
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isZero();
        byte[] bytes = Files.readAllBytes(raw);
        short[] sound = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(sound);
        return sound;
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 40, 80, 160, 240})
    void r07_what_we_decode_is_what_opusdec_decodes(int quarterMs) throws Exception {
        assumeTrue(installed(), "opusdec (Debian package opus-tools) is not installed");
        int frame = RATE_HZ * quarterMs / 4000;
        for (int bitrate : new int[] {6000, 12_000, 24_000, 64_000}) {
            List<byte[]> packets = encoded(bitrate, frame);
            short[] here = decodedHere(packets, frame);
            short[] there = decodedThere(packets, frame);
            assertThat(here).hasSameSizeAs(there);
            double agreement = agreementDb(here, there);
            System.out.printf(
                    "Opus, %.1f ms at %d bit/s: agrees with opusdec at %.1f dB%n", quarterMs / 4.0, bitrate, agreement);
            assertThat(agreement).as("%d bit/s", bitrate).isGreaterThanOrEqualTo(AGREED_DB);
        }
    }

    /** Their filter is fitted on the first half and the agreement taken on the second. Silence agrees with silence. */
    private static double agreementDb(short[] here, short[] there) {
        int half = here.length / 2;
        int end = here.length - TAPS;
        if (Speech.rms(there, half, end) < 1) {
            return Speech.rms(here, half, end) < 1 ? Double.POSITIVE_INFINITY : 0;
        }
        double[] filter = fitted(here, there, TAPS, half);
        double signal = 0;
        double error = 1;
        for (int n = half; n < end; n++) {
            double expected = 0;
            for (int k = 0; k < TAPS; k++) {
                expected += filter[k] * here[n + TAPS / 2 - k];
            }
            signal += (double) there[n] * there[n];
            error += (there[n] - expected) * (there[n] - expected);
        }
        return 10 * Math.log10(signal / error);
    }

    /** The filter from one sound to the other with the least squared error. */
    private static double[] fitted(short[] from, short[] to, int begin, int end) {
        double[][] rows = new double[TAPS][TAPS + 1];
        for (int n = begin; n < end; n++) {
            for (int i = 0; i < TAPS; i++) {
                double value = from[n + TAPS / 2 - i];
                for (int j = 0; j < TAPS; j++) {
                    rows[i][j] += value * from[n + TAPS / 2 - j];
                }
                rows[i][TAPS] += value * to[n];
            }
        }
        for (int i = 0; i < TAPS; i++) {
            // A little of the diagonal keeps what the sound does not contain from being blown up.
            rows[i][i] *= 1 + 1e-7;
        }
        return solved(rows);
    }

    /** By elimination; the matrix is positive definite, so the diagonal is a good pivot. */
    private static double[] solved(double[][] rows) {
        for (int i = 0; i < TAPS; i++) {
            for (int j = i + 1; j < TAPS; j++) {
                double factor = rows[j][i] / rows[i][i];
                for (int k = i; k <= TAPS; k++) {
                    rows[j][k] -= factor * rows[i][k];
                }
            }
        }
        double[] result = new double[TAPS];
        for (int i = TAPS - 1; i >= 0; i--) {
            double sum = rows[i][TAPS];
            for (int k = i + 1; k < TAPS; k++) {
                sum -= rows[i][k] * result[k];
            }
            result[i] = sum / rows[i][i];
        }
        return result;
    }
}
