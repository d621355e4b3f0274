package dev.revox.audio.record;

import dev.revox.media.recording.RecordingTarget;
import java.io.Closeable;
import java.io.IOException;

/**
 * A recording's sound on its way into a file.
 *
 * <p><b>Thread:</b> Confined to the recording thread; blocks on the disk.
 */
interface RecordingFile extends Closeable {

    /** Appends samples of two channels in turn, {@code count} of each. */
    void append(short[] interleaved, int count) throws IOException;

    /** From here on all that was appended can be read, but for what fills no packet yet, even if the process is killed. */
    void keep() throws IOException;

    /** Creates the file of a target, or replaces it. */
    static RecordingFile create(RecordingTarget target, int sampleRateHz) throws IOException {
        if (target.key().isPresent()) {
            RecordingOutput sealed =
                    SealedOutput.create(target.file(), target.key().get());
            return switch (target.format()) {
                case WAV -> new WavRecording(sealed, sampleRateHz);
                case OGG_OPUS -> new OggRecording(sealed, sampleRateHz);
            };
        }
        return switch (target.format()) {
            case WAV -> WavRecording.create(target.file(), sampleRateHz);
            case OGG_OPUS -> new OggRecording(RecordingOutput.plain(target.file()), sampleRateHz);
        };
    }
}
