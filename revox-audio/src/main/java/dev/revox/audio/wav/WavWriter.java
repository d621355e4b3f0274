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

    /** Sizes that stand for "until the end of the file". */
    private static final long UNKNOWN_BYTES = 0xFFFF_FFFFL - HEADER_BYTES + 8;

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

    /** The header of a file whose length is not known when it is written, as streams have it. */
    public static ByteBuffer streamHeader(int sampleRateHz, int channels) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        putHeader(header, sampleRateHz, channels, UNKNOWN_BYTES);
        return header.flip();
    }

    /**
     * Makes a header that {@link #streamHeader} or a killed process left behind tell what the file holds. Files of another kind
     * are left alone.
     */
    public static void repair(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            while (header.hasRemaining() && file.read(header, header.position()) > 0) {}
            boolean ours = !header.hasRemaining()
                    && header.getInt(0) == WavFile.RIFF
                    && header.getInt(8) == WavFile.WAVE
                    && header.getInt(36) == WavFile.DATA;
            if (ours) {
                int frameBytes = header.getShort(32);
                long data = Math.min(MAX_DATA_BYTES, file.size() - HEADER_BYTES);
                header.putInt(4, (int) (HEADER_BYTES - 8 + data - data % frameBytes));
                header.putInt(40, (int) (data - data % frameBytes));
                int unused = file.write(header.flip(), 0);
            }
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
        putHeader(header, sampleRateHz, channels, dataBytes);
        header.flip();
        for (long at = 0; header.hasRemaining(); ) {
            at += file.write(header, at);
        }
        patchedBytes = dataBytes;
    }

    private static void putHeader(ByteBuffer header, int sampleRateHz, int channels, long dataBytes) {
        header.putInt(WavFile.RIFF).putInt((int) (HEADER_BYTES - 8 + dataBytes)).putInt(WavFile.WAVE);
        header.putInt(WavFile.FMT).putInt(16);
        header.putShort(WavFile.FORMAT_PCM).putShort((short) channels).putInt(sampleRateHz);
        header.putInt(sampleRateHz * channels * 2)
                .putShort((short) (channels * 2))
                .putShort((short) 16);
        header.putInt(WavFile.DATA).putInt((int) dataBytes);
    }
}
