package dev.revox.sip.media;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What a line's legs play and listen for beside speech.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param clips the host's own sounds for backgrounds by name: WAV files of 16 bits and 8, 16, 24 or 48 kHz, 1 s to 5 min; a name
 *     of the built-in clips is taken over
 * @param digitsInSoundToo listens for tones of keys even where named events (RFC 4733) were agreed, for peers that do not keep to
 *     it; where they do, a press still counts once
 */
public record SoundSettings(Map<String, Path> clips, boolean digitsInSoundToo) {

    /** The built-in clips; tones of keys are listened for only where named events were not agreed. */
    public static final SoundSettings DEFAULT = new SoundSettings(Map.of(), false);

    public SoundSettings {
        clips = Map.copyOf(clips);
    }

    public SoundSettings withClip(String name, Path wavFile) {
        Map<String, Path> more = new HashMap<>(clips);
        more.put(name, wavFile);
        return new SoundSettings(more, digitsInSoundToo);
    }

    public SoundSettings withDigitsInSoundToo() {
        return new SoundSettings(clips, true);
    }
}
