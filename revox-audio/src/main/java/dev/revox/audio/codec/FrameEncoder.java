package dev.revox.audio.codec;

/**
 * The way from PCM to RTP payloads of our side.
 *
 * <p><b>Thread:</b> Confined to the media loop.
 */
public interface FrameEncoder extends AutoCloseable {

    /** The RTP clock: 8000 for G.711 and G.722, 48000 for Opus. */
    int clockRateHz();

    /** The rate of the samples that go in. */
    int sampleRateHz();

    /**
     * Encodes one frame.
     *
     * @param samples a frame length that the codec knows; for Opus 10, 20, 40 or 60 ms
     * @param out room for {@code samples} bytes (G.711, G.722), twice as many (L16) or 1275 bytes (Opus) behind {@code outOffset}
     * @return bytes written; 0 or less when nothing need be sent (DTX) or nothing could be encoded
     */
    int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset);

    /**
     * True when the packet just made tells only what the silence is like in which nothing else is sent. Such a packet begins no
     * talkspurt.
     */
    default boolean describesSilence() {
        return false;
    }

    /** Forgets the stream so far. */
    void reset();

    @Override
    void close();
}
