package dev.revox.audio.codec;

/**
 * G.711 payloads to PCM at 8 kHz, with waveform concealment.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> RFC 3551 §4.5.14; concealment in the manner of ITU-T G.711
 * Appendix I.
 */
final class G711Decoder implements FrameDecoder {

    private static final int MAX_SAMPLES = 8 * MAX_PACKET_MS;

    private final G711 law;
    private final PitchConcealment concealment = new PitchConcealment(8000);
    private long malformed;

    G711Decoder(G711 law) {
        this.law = law;
    }

    @Override
    public int clockRateHz() {
        return 8000;
    }

    @Override
    public int sampleRateHz() {
        return 8000;
    }

    @Override
    public int decode(byte[] packet, int offset, int length, short[] out, int outOffset) {
        if (ticks(packet, offset, length) < 0) {
            malformed++;
            return -1;
        }
        for (int i = 0; i < length; i++) {
            out[outOffset + i] = law.decode(packet[offset + i]);
        }
        concealment.heard(out, outOffset, length);
        return length;
    }

    @Override
    public int ticks(byte[] packet, int offset, int length) {
        boolean inside = offset >= 0 && length >= 1 && length <= MAX_SAMPLES && length <= packet.length - offset;
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
        concealment.reset();
    }

    @Override
    public void close() {}
}
