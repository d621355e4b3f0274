package dev.revox.media.recording;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the recording of one call goes, and in which form.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param key seals the file; without one it can be read by everybody who can read the folder
 */
public record RecordingTarget(Path file, RecordingFormat format, Optional<RecordingKey> key) {

    public RecordingTarget {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(key, "key");
    }

    /** A plain WAV file. */
    public static RecordingTarget wav(Path file) {
        return new RecordingTarget(file, RecordingFormat.WAV, Optional.empty());
    }
}
