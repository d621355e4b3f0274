package dev.revox.testkit.voice;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Mono 16 bit sound in memory, as it comes from and goes to WAV files.
 *
 * <p><b>Thread:</b> Immutable by convention: nobody writes into {@link #pcm()}.
 */
@SuppressWarnings("ArrayRecordComponent") // a value that is only passed on, never compared
public record Sound(short[] pcm, int rateHz) {

    private static final int SINC_ZEROS = 12;

    public Sound {
        if (rateHz <= 0) {
            throw new IllegalArgumentException("rateHz must be positive: " + rateHz);
        }
    }

    public static Sound silence(int ms, int rateHz) {
        return new Sound(new short[(int) ((long) ms * rateHz / 1000)], rateHz);
    }

    /** One channel of a 16 bit PCM WAV file. */
    public static Sound read(Path wav, int channel) {
        try {
            return parse(Files.readAllBytes(wav), channel);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + wav, e);
        }
    }

    static Sound read(InputStream wav) throws IOException {
        return parse(wav.readAllBytes(), 0);
    }

    // A chunk's length may say more than the file holds: programs that are killed leave it so.
    private static Sound parse(byte[] bytes, int channel) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < 44 || !tag(in, 0).equals("RIFF") || !tag(in, 8).equals("WAVE")) {
            throw new IllegalArgumentException("not a WAV file");
        }
        int channels = 1;
        int rateHz = 8000;
        for (int at = 12; at + 8 <= bytes.length; ) {
            int length = in.getInt(at + 4);
            int body = at + 8;
            switch (tag(in, at)) {
                case "fmt " -> {
                    channels = in.getShort(body + 2);
                    rateHz = in.getInt(body + 4);
                    int format = in.getShort(body);
                    if ((format != 1 && format != (short) 0xFFFE) || in.getShort(body + 14) != 16) {
                        throw new IllegalArgumentException("only 16 bit PCM is read, this is format " + format);
                    }
                }
                case "data" -> {
                    int held = length < 0 ? bytes.length - body : Math.min(length, bytes.length - body);
                    short[] pcm = new short[held / (2 * channels)];
                    for (int i = 0; i < pcm.length; i++) {
                        pcm[i] = in.getShort(body + 2 * (i * channels + channel));
                    }
                    return new Sound(pcm, rateHz);
                }
                default -> {}
            }
            at = body + length + (length & 1);
        }
        throw new IllegalArgumentException("the WAV file has no data chunk");
    }

    private static String tag(ByteBuffer in, int at) {
        byte[] tag = new byte[4];
        in.get(at, tag);
        return new String(tag, StandardCharsets.US_ASCII);
    }

    /** Writes a 16 bit WAV file. */
    public void write(Path wav) {
        ByteBuffer out = ByteBuffer.allocate(44 + 2 * pcm.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * pcm.length);
        out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        out.putShort((short) 1).putShort((short) 1).putInt(rateHz).putInt(2 * rateHz);
        out.putShort((short) 2).putShort((short) 16);
        out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * pcm.length);
        out.asShortBuffer().put(pcm);
        try {
            Files.write(wav, out.array());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + wav, e);
        }
    }

    public int durationMs() {
        return (int) (pcm.length * 1000L / rateHz);
    }

    public Sound slice(int fromMs, int toMs) {
        int from = sampleAt(fromMs);
        return new Sound(Arrays.copyOfRange(pcm, from, Math.max(from, sampleAt(toMs))), rateHz);
    }

    private int sampleAt(int ms) {
        return (int) Math.min(pcm.length, Math.max(0, (long) ms * rateHz / 1000));
    }

    /** This sound, then the other one at this one's rate. */
    public Sound then(Sound next) {
        short[] more = next.at(rateHz).pcm;
        short[] both = Arrays.copyOf(pcm, pcm.length + more.length);
        System.arraycopy(more, 0, both, pcm.length, more.length);
        return new Sound(both, rateHz);
    }

    /** The same sound at another rate, band-limited by a Hann-windowed sinc with one set of taps for each phase. */
    public Sound at(int otherRateHz) {
        if (otherRateHz == rateHz) {
            return this;
        }
        int divisor =
                BigInteger.valueOf(rateHz).gcd(BigInteger.valueOf(otherRateHz)).intValueExact();
        int phases = otherRateHz / divisor;
        int advance = rateHz / divisor;
        double cutoff = Math.min(1.0, (double) otherRateHz / rateHz) * 0.95;
        int reach = (int) Math.ceil(SINC_ZEROS / cutoff);
        float[][] taps = new float[phases][2 * reach];
        for (int phase = 0; phase < phases; phase++) {
            for (int k = 0; k < 2 * reach; k++) {
                double x = k - reach + 1 - (double) phase / phases;
                double window = Math.abs(x) >= reach ? 0 : 0.5 + 0.5 * Math.cos(Math.PI * x / reach);
                taps[phase][k] = (float) (cutoff * sinc(cutoff * x) * window);
            }
        }
        short[] out = new short[(int) ((long) pcm.length * otherRateHz / rateHz)];
        for (int i = 0; i < out.length; i++) {
            long place = (long) i * advance;
            float[] kernel = taps[(int) (place % phases)];
            int first = (int) (place / phases) - reach + 1;
            float sum = 0;
            for (int k = Math.max(0, -first); k < kernel.length && first + k < pcm.length; k++) {
                sum += pcm[first + k] * kernel[k];
            }
            out[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sum)));
        }
        return new Sound(out, otherRateHz);
    }

    private static double sinc(double x) {
        return Math.abs(x) < 1e-9 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    @Override
    public String toString() {
        return "Sound[" + durationMs() + " ms at " + rateHz + " Hz]";
    }
}
