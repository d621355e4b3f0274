package dev.revox.audio.codec;

/**
 * The way from one side's RTP payloads to PCM, with the memory that concealment needs.
 *
 * <p>Every method gives sound or a number for any input: a malformed packet is -1 and counted, never an exception.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Units:</b> RTP ticks at {@link #clockRateHz()}, samples at
 * {@link #sampleRateHz()}.
 */
public interface FrameDecoder extends AutoCloseable {

    /** The longest sound one packet may hold, in milliseconds: {@value}. RFC 6716 §3.4 has the same limit. */
    int MAX_PACKET_MS = 120;

    /** The RTP clock: 8000 for G.711 and G.722, 48000 for Opus whatever its bandwidth. */
    int clockRateHz();

    /** The rate of the samples that come out. */
    int sampleRateHz();

    /**
     * Decodes one packet.
     *
     * @param out room for {@value #MAX_PACKET_MS} ms behind {@code outOffset}
     * @return samples written, or -1 when the packet is malformed and the caller should conceal
     */
    int decode(byte[] packet, int offset, int length, short[] out, int outOffset);

    /** RTP ticks that this packet covers, -1 when it is malformed. Changes nothing. */
    int ticks(byte[] packet, int offset, int length);

    /** Makes up the samples of a missing packet. */
    void conceal(short[] out, int outOffset, int samples);

    /**
     * Takes the samples of a missing packet from the redundancy in the packet after it.
     *
     * @return samples written, or 0 when there is no redundancy and the caller should conceal
     */
    int decodeFec(byte[] nextPacket, int offset, int length, short[] out, int outOffset, int samples);

    /** Packets that were refused as malformed. */
    long malformedPackets();

    /** Forgets the stream so far, after a change of SSRC or a resync. */
    void reset();

    @Override
    void close();
}
