package dev.revox.audio.wav;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A WAV file of 16 bit PCM under way.
 *
 * <p>The header is written first, for no samples, and brought up to date by {@link #patchHeader()}: whatever stops the
 * process, the file opens and holds all samples up to the latest patch.
 *
 * <p><b>Thread:</b> Confined to its owner; blocks on the disk.
 */
public final class WavWriter implements AutoCloseable {

    static final int HEADER_BYTES = 44;

    /** The sizes in the header are 32 bits wide; stay clear of their end. */
    private static final long MAX_DATA_BYTES = 0xFFFF_0000L;

    private final FileChannel file;
    private final int channels;
    private final int sampleRateHz;
    private final ByteBuffer header = ByteBuffer.allocateDirect(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long dataBytes;
    private long patchedBytes;

    private WavWriter(FileChannel file, int sampleRateHz, int channels) {
        this.file = file;
        this.sampleRateHz = sampleRateHz;
        this.channels = channels;
    }

    /** Creates the file, or replaces it. */
    public static WavWriter create(Path path, int sampleRateHz, int channels) throws IOException {
        if (sampleRateHz < 1 || channels < 1 || channels > 2) {
            throw new IllegalArgumentException("a recording has 1 or 2 channels and a positive rate, was " + channels
                    + " at " + sampleRateHz + " Hz");
        }
        FileChannel file = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        try {
            WavWriter writer = new WavWriter(file, sampleRateHz, channels);
            writer.writeHeader();
            return writer;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Appends little-endian samples, channels interleaved; takes the buffer up to its limit. */
    public void append(ByteBuffer samples) throws IOException {
        if (dataBytes + samples.remaining() > MAX_DATA_BYTES) {
            throw new IOException("a WAV file cannot grow beyond 4 GiB");
        }
        while (samples.hasRemaining()) {
            dataBytes += file.write(samples, HEADER_BYTES + dataBytes);
        }
    }

    /** Makes the header tell the length of what was appended so far. */
    public void patchHeader() throws IOException {
        if (patchedBytes != dataBytes) {
            writeHeader();
        }
    }

    /** Samples per channel appended so far. */
    public long samples() {
        return dataBytes / (2L * channels);
    }

    @Override
    public void close() throws IOException {
        try (file) {
            patchHeader();
        }
    }

    private void writeHeader() throws IOException {
        header.clear();
        header.putInt(WavFile.RIFF).putInt((int) (HEADER_BYTES - 8 + dataBytes)).putInt(WavFile.WAVE);
        header.putInt(WavFile.FMT).putInt(16);
        header.putShort(WavFile.FORMAT_PCM).putShort((short) channels).putInt(sampleRateHz);
        header.putInt(sampleRateHz * channels * 2)
                .putShort((short) (channels * 2))
                .putShort((short) 16);
        header.putInt(WavFile.DATA).putInt((int) dataBytes);
        header.flip();
        for (long at = 0; header.hasRemaining(); ) {
            at += file.write(header, at);
        }
        patchedBytes = dataBytes;
    }
}
