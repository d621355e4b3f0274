package dev.revox.agent.realtime.wire;

import dev.revox.audio.codec.G711;
import dev.revox.media.MediaFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Optional;

/** What a provider says, as samples for the mouth. */
public final class OutputSound {

    private OutputSound() {}

    /** Empty when it is no base 64, or half a sample. */
    public static Optional<short[]> samples(String base64, MediaFormat format) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return switch (format.encoding()) {
            case PCM_S16 -> linear(bytes);
            case PCMU -> Optional.of(logarithmic(bytes, G711.ULAW));
            case PCMA -> Optional.of(logarithmic(bytes, G711.ALAW));
        };
    }

    private static Optional<short[]> linear(byte[] bytes) {
        if (bytes.length % 2 != 0) {
            return Optional.empty();
        }
        short[] pcm = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(pcm);
        return Optional.of(pcm);
    }

    private static short[] logarithmic(byte[] bytes, G711 law) {
        short[] pcm = new short[bytes.length];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = law.decode(bytes[i]);
        }
        return pcm;
    }
}
