package dev.revox.audio.codec.opus;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusBandwidth;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusSignal;

/**
 * An encoder of Concentus, which allocates 44-138 KB per frame.
 *
 * <p><b>Thread:</b> As {@link OpusEncoding}.
 */
final class ConcentusEncoder implements OpusEncoding {

    private final OpusEncoder encoder;

    ConcentusEncoder(OpusVoice voice) {
        try {
            encoder = new OpusEncoder(voice.sampleRateHz(), 1, OpusApplication.OPUS_APPLICATION_VOIP);
        } catch (OpusException e) {
            throw new IllegalArgumentException("Opus cannot have " + voice.sampleRateHz() + " Hz", e);
        }
        encoder.setComplexity(voice.complexity());
        encoder.setBitrate(voice.bitsPerSecond());
        encoder.setSignalType(OpusSignal.OPUS_SIGNAL_VOICE);
        encoder.setMaxBandwidth(OpusBandwidth.OPUS_BANDWIDTH_WIDEBAND);
        encoder.setUseInbandFEC(true);
        encoder.setPacketLossPercent(voice.expectedLossPercent());
        encoder.setUseDTX(voice.discontinuous());
    }

    @Override
    public int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
        try {
            return encoder.encode(pcm, offset, samples, out, outOffset, Math.min(MAX_BYTES, out.length - outOffset));
        } catch (OpusException
                | AssertionError
                | IndexOutOfBoundsException
                | ArithmeticException
                | IllegalArgumentException e) {
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
