package dev.revox.audio.codec;

import dev.revox.audio.codec.opus.OpusEncoding;
import dev.revox.audio.codec.opus.OpusLibrary;
import dev.revox.audio.codec.opus.OpusPacket;
import dev.revox.audio.codec.opus.OpusVoice;

/**
 * PCM at 16 kHz to Opus payloads: wideband voice with in-band redundancy.
 *
 * <p>Complexity {@value #COMPLEXITY}: above it an encoder costs more than the ear hears on a telephone.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> RFC 7587 §3.1.1, RFC 6716.
 */
final class OpusFrameEncoder implements FrameEncoder {

    private static final int COMPLEXITY = 5;
    private static final int RATE_HZ = 16_000;

    /** With 24 000, libopus finds that a wide band and redundancy for 5 % loss do not both fit, and leaves the latter out. */
    private static final int BITRATE = 26_000;

    private static final int EXPECTED_LOSS_PERCENT = 5;

    /** A packet of at most so many bytes need not be sent. */
    private static final int NOTHING_BYTES = 2;

    private final OpusEncoding encoder;
    private final boolean discontinuous;
    private boolean silent;

    /**
     * @param discontinuous nothing is made of silence but a packet every 400 ms (RFC 7587 §3.1.3)
     */
    OpusFrameEncoder(OpusLibrary library, boolean discontinuous) {
        this.discontinuous = discontinuous;
        encoder = library.encoder(new OpusVoice(RATE_HZ, BITRATE, COMPLEXITY, EXPECTED_LOSS_PERCENT, discontinuous));
    }

    @Override
    public int clockRateHz() {
        return OpusPacket.CLOCK_HZ;
    }

    @Override
    public int sampleRateHz() {
        return RATE_HZ;
    }

    @Override
    public int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
        int bytes = encoder.encode(pcm, offset, samples, out, outOffset);
        if (!discontinuous || bytes <= 0) {
            return bytes;
        }
        if (bytes <= NOTHING_BYTES) {
            silent = true;
            return 0;
        }
        silent &= !OpusPacket.hasVoice(out, outOffset, bytes);
        return bytes;
    }

    @Override
    public boolean describesSilence() {
        return silent;
    }

    @Override
    public void reset() {
        encoder.reset();
        silent = false;
    }

    @Override
    public void close() {
        encoder.close();
    }
}
