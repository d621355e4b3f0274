package dev.revox.audio.vad;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What all voice activity panels of one engine share: a network and where it came from, or the plain energy rule.
 *
 * <p><b>Thread:</b> Thread-safe. Closed after all its panels.
 */
public interface VoiceActivityModel extends AutoCloseable {

    /** A panel for one media loop. */
    VoiceActivityPanel panel();

    /** {@code silero} or {@code energy}. */
    String name();

    /** The model file that was loaded; empty when there is none or it came from a stream or the class path. */
    Optional<Path> file();

    /** One sentence for the operator: which model runs and where it was found, or why none does. */
    String reason();

    @Override
    void close();
}
