package dev.revox.agent.realtime.wire;

import dev.revox.audio.codec.G711;
import dev.revox.audio.resample.Resampler;
import dev.revox.media.MediaFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/**
 * What the ear hears, as a provider wants it.
 *
 * <p><b>Thread:</b> Confined to its owner.
 */
public final class InputSound {

    private static final int PIECE_MS = 60;

    private final MediaFormat format;
    private final Resampler resampler;

    public InputSound(int earRateHz, MediaFormat format) {
        this.format = format;
        resampler = new Resampler(earRateHz, format.sampleRateHz(), earRateHz * PIECE_MS / 1000);
    }

    /** Samples as the bytes of the format, in base 64. */
    public String base64(short[] pcm, int offset, int samples) {
        short[] converted = new short[resampler.maxOut(samples) + 1];
        int count = resampler.process(pcm, offset, samples, converted, 0);
        byte[] bytes = switch (format.encoding()) {
            case PCM_S16 -> linear(converted, count);
            case PCMU -> logarithmic(converted, count, G711.ULAW);
            case PCMA -> logarithmic(converted, count, G711.ALAW);
        };
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] linear(short[] pcm, int samples) {
        ByteBuffer bytes = ByteBuffer.allocate(samples * 2).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(pcm, 0, samples);
        return bytes.array();
    }

    private static byte[] logarithmic(short[] pcm, int samples, G711 law) {
        byte[] bytes = new byte[samples];
        for (int i = 0; i < samples; i++) {
            bytes[i] = law.encode(pcm[i]);
        }
        return bytes;
    }
}
