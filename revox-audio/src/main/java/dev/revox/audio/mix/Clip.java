package dev.revox.audio.mix;

import dev.revox.audio.resample.Resampler;
import dev.revox.audio.wav.WavFile;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A sound that can be repeated without a seam, at the rates of telephone lines.
 *
 * <p><b>Thread:</b> Immutable. <b>Units:</b> samples; at 16 kHz there are exactly twice as many as at 8 kHz.
 */
public final class Clip {

    static final int RATE_HZ = 16_000;

    /** The longest clip that a host may bring: {@value} s. */
    public static final int MAX_SECONDS = 300;

    /** Where a host's own clip is cut, its end fades over into its beginning. */
    private static final int SEAM_SAMPLES = RATE_HZ / 4;

    private static final int PIECE = 960;

    private final short[] narrow;
    private final short[] wide;

    private Clip(short[] wide) {
        this.wide = wide;
        narrow = halved(wide);
    }

    /** Of sound at {@value #RATE_HZ} Hz whose end fits its beginning. An odd sample at the end is left out. */
    static Clip seamless(short[] wide) {
        int even = wide.length & ~1;
        if (even < 2 * PIECE) {
            throw new IllegalArgumentException("a clip has at least " + 2 * PIECE + " samples, not " + wide.length);
        }
        return new Clip(Arrays.copyOf(wide, even));
    }

    /** A host's own: the first channel of a WAV file of 8, 16, 24 or 48 kHz. Its end is blended into its beginning. */
    public static Clip read(Path wav) {
        WavFile file = WavFile.read(wav);
        short[] pcm = file.samples()[0];
        if (pcm.length > (long) MAX_SECONDS * file.sampleRateHz() || pcm.length < file.sampleRateHz()) {
            throw new IllegalArgumentException("clip " + wav + " must last 1 to " + MAX_SECONDS + " s");
        }
        Resampler resampler = new Resampler(file.sampleRateHz(), RATE_HZ, PIECE);
        short[] wide = new short[pcm.length / PIECE * resampler.maxOut(PIECE) + resampler.maxOut(PIECE)];
        int written = 0;
        for (int at = 0; at < pcm.length; at += PIECE) {
            written += resampler.process(pcm, at, Math.min(PIECE, pcm.length - at), wide, written);
        }
        return seamless(blended(wide, written));
    }

    private static short[] blended(short[] pcm, int length) {
        int kept = length - SEAM_SAMPLES;
        short[] blended = Arrays.copyOf(pcm, kept);
        for (int i = 0; i < SEAM_SAMPLES; i++) {
            double in = Math.sin(Math.PI / 2 * i / SEAM_SAMPLES);
            double out = Math.cos(Math.PI / 2 * i / SEAM_SAMPLES);
            blended[i] = (short) Math.clamp(Math.round(pcm[i] * in + pcm[kept + i] * out), -32768, 32767);
        }
        return blended;
    }

    /** Half the rate, of sound that goes on and on: the first round only fills the filter. */
    private static short[] halved(short[] wide) {
        Resampler resampler = new Resampler(RATE_HZ, RATE_HZ / 2, PIECE);
        short[] half = new short[wide.length / 2];
        short[] piece = new short[PIECE];
        for (int round = 0; round < 2; round++) {
            int written = 0;
            for (int at = 0; at < wide.length; at += PIECE) {
                int made = resampler.process(wide, at, Math.min(PIECE, wide.length - at), piece, 0);
                System.arraycopy(piece, 0, half, written, made);
                written += made;
            }
        }
        return half;
    }

    /** The sound at the rate of a line; anything but 8 kHz gets 16 kHz. */
    short[] at(int rateHz) {
        return rateHz == RATE_HZ / 2 ? narrow : wide;
    }

    int samplesAt8kHz() {
        return narrow.length;
    }
}
