package dev.revox.audio.codec;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusBandwidth;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusSignal;

/**
 * PCM at 16 kHz to Opus payloads: wideband voice with in-band redundancy.
 *
 * <p>Complexity {@value #COMPLEXITY}: above it Concentus costs more than the ear hears on a telephone. Concentus allocates
 * 44-138 KB per frame; this class allocates nothing.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> RFC 7587 §3.1.1, RFC 6716.
 */
final class OpusFrameEncoder implements FrameEncoder {

    static final int COMPLEXITY = 5;

    private static final int RATE_HZ = 16_000;
    private static final int BITRATE = 24_000;
    private static final int EXPECTED_LOSS_PERCENT = 5;
    private static final int MAX_BYTES = 1275;

    private final OpusEncoder encoder;

    OpusFrameEncoder() {
        try {
            encoder = new OpusEncoder(RATE_HZ, 1, OpusApplication.OPUS_APPLICATION_VOIP);
        } catch (OpusException e) {
            throw new IllegalStateException("Opus encoder refused 16 kHz mono", e);
        }
        encoder.setComplexity(COMPLEXITY);
        encoder.setBitrate(BITRATE);
        encoder.setSignalType(OpusSignal.OPUS_SIGNAL_VOICE);
        encoder.setMaxBandwidth(OpusBandwidth.OPUS_BANDWIDTH_WIDEBAND);
        encoder.setUseInbandFEC(true);
        encoder.setPacketLossPercent(EXPECTED_LOSS_PERCENT);
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
        try {
            return encoder.encode(pcm, offset, samples, out, outOffset, Math.min(MAX_BYTES, out.length - outOffset));
        } catch (OpusException | AssertionError | IndexOutOfBoundsException | ArithmeticException e) {
            encoder.resetState();
            return 0;
        }
    }

    @Override
    public void reset() {
        encoder.resetState();
    }

    @Override
    public void close() {}
}
