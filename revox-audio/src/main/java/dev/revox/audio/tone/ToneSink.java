package dev.revox.audio.tone;

import dev.revox.media.Tone;

/** Where recognised tones go. */
@FunctionalInterface
public interface ToneSink {

    /**
     * A tone was heard.
     *
     * @param frequencyHz the frequency, the lower one of two, or the last of three
     * @param durationMs how long it lasted or has lasted so far; of a tone that comes and goes, its last part
     */
    void onTone(Tone tone, int frequencyHz, int durationMs);
}
