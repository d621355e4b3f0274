package dev.revox.sip.media;

import dev.revox.sip.event.DigitTiming;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a line's legs play and listen for beside speech.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param clips the host's own sounds for backgrounds by name: WAV files of 16 bits and 8, 16, 24 or 48 kHz, 1 s to 5 min; a name
 *     of the built-in clips is taken over
 * @param digitsInSoundToo listens for tones of keys even where named events (RFC 4733) were agreed, for peers that do not keep to
 *     it; where they do, a press still counts once
 * @param digitTiming of digits that are sent as named events
 * @param suppressesEcho keeps the echo of our own voice from voice activity and from who reads what was said
 */
public record SoundSettings(
        Map<String, Path> clips, boolean digitsInSoundToo, DigitTiming digitTiming, boolean suppressesEcho) {

    /** The built-in clips; tones of keys are listened for only where named events were not agreed; echo is suppressed. */
    public static final SoundSettings DEFAULT = new SoundSettings(Map.of(), false, DigitTiming.DEFAULT, true);

    public SoundSettings {
        clips = Map.copyOf(clips);
        Objects.requireNonNull(digitTiming, "digitTiming");
    }

    public SoundSettings withClip(String name, Path wavFile) {
        Map<String, Path> more = new HashMap<>(clips);
        more.put(name, wavFile);
        return new SoundSettings(more, digitsInSoundToo, digitTiming, suppressesEcho);
    }

    public SoundSettings withDigitsInSoundToo() {
        return new SoundSettings(clips, true, digitTiming, suppressesEcho);
    }

    public SoundSettings withDigitTiming(DigitTiming timing) {
        return new SoundSettings(clips, digitsInSoundToo, timing, suppressesEcho);
    }

    /** Everything that comes in counts as the other side's sound, as it is. */
    public SoundSettings withoutEchoSuppression() {
        return new SoundSettings(clips, digitsInSoundToo, digitTiming, false);
    }
}
