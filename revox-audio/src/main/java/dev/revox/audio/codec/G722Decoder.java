package dev.revox.audio.codec;

import dev.revox.audio.codec.g722.G722Player;

/**
 * G.722 payloads to PCM at 16 kHz, with waveform concealment.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> ITU-T G.722; RFC 3551 §4.5.2 (the RTP clock is 8000 all the same).
 */
final class G722Decoder implements FrameDecoder {

    private static final int RATE_HZ = 16_000;
    private static final int MAX_BYTES = 8 * MAX_PACKET_MS;

    private final G722Player player = new G722Player();
    private final PitchConcealment concealment = new PitchConcealment(RATE_HZ);
    private long malformed;

    @Override
    public int clockRateHz() {
        return 8000;
    }

    @Override
    public int sampleRateHz() {
        return RATE_HZ;
    }

    @Override
    public int decode(byte[] packet, int offset, int length, short[] out, int outOffset) {
        if (ticks(packet, offset, length) < 0) {
            malformed++;
            return -1;
        }
        for (int i = 0; i < length; i++) {
            player.decode(packet[offset + i], out, outOffset + 2 * i);
        }
        concealment.heard(out, outOffset, 2 * length);
        return 2 * length;
    }

    @Override
    public int ticks(byte[] packet, int offset, int length) {
        boolean inside = offset >= 0 && length >= 1 && length <= MAX_BYTES && length <= packet.length - offset;
        return inside ? length : -1;
    }

    @Override
    public void conceal(short[] out, int outOffset, int samples) {
        concealment.conceal(out, outOffset, samples);
    }

    @Override
    public int decodeFec(byte[] nextPacket, int offset, int length, short[] out, int outOffset, int samples) {
        return 0;
    }

    @Override
    public long malformedPackets() {
        return malformed;
    }

    @Override
    public void reset() {
        player.reset();
        concealment.reset();
    }

    @Override
    public void close() {}
}
