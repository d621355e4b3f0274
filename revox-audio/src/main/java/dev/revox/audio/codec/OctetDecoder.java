package dev.revox.audio.codec;

import dev.revox.audio.codec.g722.G722Player;

/**
 * Payloads of codecs that take any number of samples, G.711, G.722 and L16, to PCM, with waveform concealment.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> RFC 3551 §4.5.14, §4.5.2 (the RTP clock of G.722 is 8000 although its
 * sound is at 16 kHz) and §4.5.11 (L16); concealment in the manner of ITU-T G.711 Appendix I.
 */
final class OctetDecoder implements FrameDecoder {

    /** What octets stand for. */
    interface Octets {
        void decode(byte[] packet, int offset, int length, short[] out, int outOffset);

        void reset();
    }

    private static final int TELEPHONE_HZ = 8000;

    private final Octets octets;
    private final int clockRateHz;
    private final int octetsPerTick;
    private final int samplesPerTick;
    private final int maxOctets;
    private final PitchConcealment concealment;
    private long malformed;

    private OctetDecoder(Octets octets, int clockRateHz, int octetsPerTick, int samplesPerTick) {
        this.octets = octets;
        this.clockRateHz = clockRateHz;
        this.octetsPerTick = octetsPerTick;
        this.samplesPerTick = samplesPerTick;
        maxOctets = clockRateHz / 1000 * MAX_PACKET_MS * octetsPerTick;
        concealment = new PitchConcealment(clockRateHz * samplesPerTick);
    }

    /** Samples of 16 bits as they are, the higher octet first. */
    static OctetDecoder l16(int rateHz) {
        return new OctetDecoder(
                new Octets() {
                    @Override
                    public void decode(byte[] packet, int offset, int length, short[] out, int outOffset) {
                        for (int i = 0; i < length / 2; i++) {
                            int at = offset + 2 * i;
                            out[outOffset + i] = (short) ((packet[at] << 8) | (packet[at + 1] & 0xFF));
                        }
                    }

                    @Override
                    public void reset() {}
                },
                rateHz,
                2,
                1);
    }

    static OctetDecoder g711(G711 law) {
        return new OctetDecoder(
                new Octets() {
                    @Override
                    public void decode(byte[] packet, int offset, int length, short[] out, int outOffset) {
                        for (int i = 0; i < length; i++) {
                            out[outOffset + i] = law.decode(packet[offset + i]);
                        }
                    }

                    @Override
                    public void reset() {}
                },
                TELEPHONE_HZ,
                1,
                1);
    }

    static OctetDecoder g722() {
        G722Player player = new G722Player();
        return new OctetDecoder(
                new Octets() {
                    @Override
                    public void decode(byte[] packet, int offset, int length, short[] out, int outOffset) {
                        for (int i = 0; i < length; i++) {
                            player.decode(packet[offset + i], out, outOffset + 2 * i);
                        }
                    }

                    @Override
                    public void reset() {
                        player.reset();
                    }
                },
                TELEPHONE_HZ,
                1,
                2);
    }

    @Override
    public int clockRateHz() {
        return clockRateHz;
    }

    @Override
    public int sampleRateHz() {
        return clockRateHz * samplesPerTick;
    }

    @Override
    public int decode(byte[] packet, int offset, int length, short[] out, int outOffset) {
        if (ticks(packet, offset, length) < 0) {
            malformed++;
            return -1;
        }
        octets.decode(packet, offset, length, out, outOffset);
        int samples = length / octetsPerTick * samplesPerTick;
        concealment.heard(out, outOffset, samples);
        return samples;
    }

    @Override
    public int ticks(byte[] packet, int offset, int length) {
        boolean inside = offset >= 0 && length >= 1 && length <= maxOctets && length <= packet.length - offset;
        return inside && length % octetsPerTick == 0 ? length / octetsPerTick : -1;
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
        octets.reset();
        concealment.reset();
    }

    @Override
    public void close() {}
}
