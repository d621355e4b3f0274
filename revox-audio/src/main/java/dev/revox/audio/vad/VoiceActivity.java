package dev.revox.audio.vad;

/**
 * The ways to get a {@link VoiceActivityModel}.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class VoiceActivity {

    /** The lower of the two rates at which voice activity is judged: {@value}. */
    static final int NARROWBAND_HZ = 8000;

    /** The higher one: {@value}. */
    static final int WIDEBAND_HZ = 16_000;

    private VoiceActivity() {}

    /**
     * The built-in rule, for when there is no network: sound well above the line's noise is speech.
     *
     * @param reason why this one was taken, as {@link VoiceActivityModel#reason()} tells it
     */
    public static VoiceActivityModel energy(String reason) {
        return new EnergyModel(reason);
    }

    static int checkedRate(int sampleRateHz) {
        if (sampleRateHz != NARROWBAND_HZ && sampleRateHz != WIDEBAND_HZ) {
            throw new IllegalArgumentException("sampleRateHz must be 8000 or 16000, was " + sampleRateHz);
        }
        return sampleRateHz;
    }
}
