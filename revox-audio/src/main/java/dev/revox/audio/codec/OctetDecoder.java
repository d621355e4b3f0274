package dev.revox.audio.codec;

import dev.revox.audio.codec.g722.G722Player;

/**
 * Payloads of codecs that send 8000 octets a second and take any number of them, G.711 and G.722, to PCM, with waveform
 * concealment.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> RFC 3551 §4.5.14 and §4.5.2 (the RTP clock of G.722 is 8000 although
 * its sound is at 16 kHz); concealment in the manner of ITU-T G.711 Appendix I.
 */
final class OctetDecoder implements FrameDecoder {

    /** What octets stand for. */
    interface Octets {
        void decode(byte[] packet, int offset, int length, short[] out, int outOffset);

        void reset();
    }

    private static final int OCTETS_PER_SECOND = 8000;
    private static final int MAX_OCTETS = OCTETS_PER_SECOND / 1000 * MAX_PACKET_MS;

    private final Octets octets;
    private final int samplesPerOctet;
    private final PitchConcealment concealment;
    private long malformed;

    private OctetDecoder(Octets octets, int samplesPerOctet) {
        this.octets = octets;
        this.samplesPerOctet = samplesPerOctet;
        concealment = new PitchConcealment(OCTETS_PER_SECOND * samplesPerOctet);
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
                2);
    }

    @Override
    public int clockRateHz() {
        return OCTETS_PER_SECOND;
    }

    @Override
    public int sampleRateHz() {
        return OCTETS_PER_SECOND * samplesPerOctet;
    }

    @Override
    public int decode(byte[] packet, int offset, int length, short[] out, int outOffset) {
        if (ticks(packet, offset, length) < 0) {
            malformed++;
            return -1;
        }
        octets.decode(packet, offset, length, out, outOffset);
        int samples = length * samplesPerOctet;
        concealment.heard(out, outOffset, samples);
        return samples;
    }

    @Override
    public int ticks(byte[] packet, int offset, int length) {
        boolean inside = offset >= 0 && length >= 1 && length <= MAX_OCTETS && length <= packet.length - offset;
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
        octets.reset();
        concealment.reset();
    }

    @Override
    public void close() {}
}
