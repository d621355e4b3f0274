package dev.revox.media.recording;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where an engine puts its recordings, and in which form.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param folder made when the engine starts, if it is not there
 */
public record RecordingSettings(Path folder, RecordingFormat format, Optional<RecordingKey> key) {

    private static final String SEALED = ".sealed";

    public RecordingSettings {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(key, "key");
    }

    /** WAV files that are not sealed. */
    public static RecordingSettings into(Path folder) {
        return new RecordingSettings(folder, RecordingFormat.WAV, Optional.empty());
    }

    public RecordingSettings withFormat(RecordingFormat newFormat) {
        return new RecordingSettings(folder, newFormat, key);
    }

    /** Files can be read with this key only; their names end with {@code .sealed}. */
    public RecordingSettings sealedWith(RecordingKey newKey) {
        return new RecordingSettings(folder, format, Optional.of(newKey));
    }

    /** The target of a call. {@code name} has no extension. */
    public RecordingTarget target(String name) {
        String file = name + format.extension() + (key.isPresent() ? SEALED : "");
        return new RecordingTarget(folder.resolve(file), format, key);
    }
}
