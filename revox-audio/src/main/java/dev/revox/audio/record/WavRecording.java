package dev.revox.audio.record;

import dev.revox.audio.wav.WavWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * A recording as PCM. A plain file's header is brought up to date whenever something is kept; a sealed one's, which cannot be
 * written twice, says that its length is not known.
 *
 * <p><b>Thread:</b> Confined to the recording thread.
 */
final class WavRecording implements RecordingFile {

    private static final int CHANNELS = 2;

    private final RecordingOutput out;
    private ByteBuffer bytes = ByteBuffer.allocateDirect(0);

    /** Of unknown length, into a stream. */
    WavRecording(RecordingOutput out, int sampleRateHz) throws IOException {
        this.out = out;
        out.write(WavWriter.streamHeader(sampleRateHz, CHANNELS));
    }

    private WavRecording(RecordingOutput out) {
        this.out = out;
    }

    static WavRecording create(Path file, int sampleRateHz) throws IOException {
        WavWriter writer = WavWriter.create(file, sampleRateHz, CHANNELS);
        return new WavRecording(new RecordingOutput() {
            @Override
            public void write(ByteBuffer samples) throws IOException {
                writer.append(samples);
            }

            @Override
            public void keep() throws IOException {
                writer.patchHeader();
            }

            @Override
            public void close() throws IOException {
                writer.close();
            }
        });
    }

    @Override
    public void append(short[] interleaved, int count) throws IOException {
        int needed = 2 * CHANNELS * count;
        if (bytes.capacity() < needed) {
            bytes = ByteBuffer.allocateDirect(needed).order(ByteOrder.LITTLE_ENDIAN);
        }
        bytes.clear();
        bytes.asShortBuffer().put(interleaved, 0, CHANNELS * count);
        bytes.limit(needed);
        out.write(bytes);
    }

    @Override
    public void keep() throws IOException {
        out.keep();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
