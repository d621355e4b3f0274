package dev.revox.bench.jmh;

import dev.revox.audio.codec.Codecs;
import dev.revox.audio.codec.FrameEncoder;
import dev.revox.sip.rtp.RtpSender;

/**
 * A sender of PCMU packets of 20 ms, for benchmarks that receive.
 *
 * <p><b>Thread:</b> Confined to its user.
 */
final class RtpBytes {

    static final int FRAME_SAMPLES = 160;
    private static final int MAX_BYTES = 256;

    private final RtpSender sender = new RtpSender(0x7777, 1, 0);
    private final byte[] payload = new byte[FRAME_SAMPLES];
    final byte[] bytes = new byte[MAX_BYTES];
    int length;

    RtpBytes() {
        FrameEncoder encoder = Codecs.encoder("PCMU");
        int unused = encoder.encode(Sounds.hum(8000, 20), 0, FRAME_SAMPLES, payload, 0);
        encoder.close();
        next();
    }

    /** Writes the next packet of the stream. */
    void next() {
        length = sender.writeAudio(bytes, 0, payload, 0, FRAME_SAMPLES);
        sender.advance(FRAME_SAMPLES);
    }
}
