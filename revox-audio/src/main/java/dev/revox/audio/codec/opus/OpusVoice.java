package dev.revox.audio.codec.opus;

/**
 * How a voice is encoded: wideband mono, with in-band redundancy.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param complexity 0 to 10
 * @param expectedLossPercent how much of the redundancy is worth its bits
 * @param discontinuous silence becomes packets of one byte that need not be sent, but for one in 400 ms that tells its noise
 */
public record OpusVoice(
        int sampleRateHz, int bitsPerSecond, int complexity, int expectedLossPercent, boolean discontinuous) {}
