package dev.revox.bench.ear;

import dev.revox.audio.codec.Codecs;
import dev.revox.audio.codec.FrameDecoder;
import dev.revox.audio.codec.FrameEncoder;
import dev.revox.testkit.network.Datagram;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A voice with pauses as RTP, 20 ms a packet; each packet's number stands where the SSRC should. */
record SpokenStream(String codec, List<Datagram> packets) {

    static final int HEADER_BYTES = 12;
    static final int FRAME_MS = 20;
    static final long MS = 1_000_000L;

    private static final int FIRST_SEQUENCE = 65_000;
    private static final int SSRC_AT = 8;
    private static final double TURN_SECONDS = 1.5;

    static SpokenStream of(String codec, int count) {
        FrameEncoder encoder = Codecs.encoder(codec);
        int samples = encoder.sampleRateHz() / 1000 * FRAME_MS;
        int ticks = encoder.clockRateHz() / 1000 * FRAME_MS;
        byte[] payload = new byte[1500];
        List<Datagram> packets = new ArrayList<>(count);
        for (int n = 0; n < count; n++) {
            short[] voice = voice(encoder.sampleRateHz(), (long) n * samples, samples);
            int length = Math.max(1, encoder.encode(voice, 0, samples, payload, 0));
            byte[] packet = new byte[HEADER_BYTES + length];
            ByteBuffer.wrap(packet)
                    .putShort((short) 0x8000)
                    .putShort((short) (FIRST_SEQUENCE + n))
                    .putInt(n * ticks)
                    .putInt(n)
                    .put(payload, 0, length);
            packets.add(Datagram.sent(packet, n * (FRAME_MS * MS)));
        }
        encoder.close();
        return new SpokenStream(codec, packets);
    }

    /** A second and a half of a vowel that glides, as much of faint noise. */
    static short[] voice(int rateHz, long from, int samples) {
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            double t = (from + i) / (double) rateHz;
            boolean speaks = (long) (t / TURN_SECONDS) % 2 == 0;
            double phase = 2 * Math.PI * 120 * t + 3 * Math.sin(t);
            double sound = speaks ? 4000 * (Math.sin(phase) + 0.5 * Math.sin(2 * phase)) : 10 * Math.sin(1e5 * t * t);
            pcm[i] = (short) sound;
        }
        return pcm;
    }

    FrameDecoder decoder() {
        return Codecs.decoder(codec);
    }

    static int number(Datagram packet) {
        return ByteBuffer.wrap(packet.bytes()).getInt(SSRC_AT);
    }

    static int sequence(Datagram packet) {
        return ByteBuffer.wrap(packet.bytes()).getShort(2) & 0xFFFF;
    }

    static int timestamp(Datagram packet) {
        return ByteBuffer.wrap(packet.bytes()).getInt(4);
    }

    static int length(Datagram packet) {
        return packet.bytes().length - HEADER_BYTES;
    }
}
