package dev.revox.audio.codec.opus;

/**
 * The encoder of one stream of mono Opus.
 *
 * <p><b>Thread:</b> Confined to one thread at a time. After {@link #close()} it must not be used; libopus' refuses with an
 * exception before anything native is touched.
 */
public interface OpusEncoding extends AutoCloseable {

    /** The most bytes in a packet of one frame: {@value}. RFC 6716 §3.2.1. */
    int MAX_BYTES = 1275;

    /**
     * Encodes one frame.
     *
     * @param samples a frame of 10, 20, 40 or 60 ms
     * @return bytes written, 0 when nothing could be encoded
     */
    int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset);

    /** Forgets the stream so far. */
    void reset();

    @Override
    void close();
}
