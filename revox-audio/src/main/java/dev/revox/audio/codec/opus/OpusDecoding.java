package dev.revox.audio.codec.opus;

import org.jspecify.annotations.Nullable;

/**
 * The decoder of one stream of mono Opus.
 *
 * <p><b>Thread:</b> Confined to one thread at a time. After {@link #close()} it must not be used; libopus' refuses with an
 * exception before anything native is touched.
 */
public interface OpusDecoding extends AutoCloseable {

    /**
     * Decodes a packet, or makes up sound where there is none.
     *
     * @param packet null to make up {@code samples} samples
     * @param samples room in {@code out}, and with {@code fec} or without a packet exactly what is wanted
     * @param fec takes the frame before this packet from its redundancy
     * @return samples written, negative for a packet that cannot be decoded; the decoder then begins anew
     */
    int decode(byte @Nullable [] packet, int offset, int length, short[] out, int outOffset, int samples, boolean fec);

    /** Forgets the stream so far. */
    void reset();

    @Override
    void close();
}
