package dev.revox.audio.wav;

import dev.revox.RevoxException;
import dev.revox.audio.codec.G711;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The sound of a WAV file, whole and in memory: 16 bit samples of one or two channels.
 *
 * <p>Reads PCM of 16 bits, µ-law and A-law. A data chunk that claims more than the file holds (a recording cut off by a
 * crash) gives what is there. Anything else that is wrong is a {@link RevoxException} that says what and where.
 *
 * <p><b>Thread:</b> Immutable, as long as nobody writes into the arrays.
 *
 * @param samples one array per channel, all of one length
 */
@SuppressWarnings("ArrayRecordComponent") // Bulk data; compared by nobody.
public record WavFile(int sampleRateHz, short[][] samples) {

    /** The largest file that is read into memory: {@value} bytes. */
    public static final int MAX_BYTES = 256 << 20;

    static final int RIFF = 0x46464952;
    static final int WAVE = 0x45564157;
    static final int FMT = 0x20746d66;
    static final int DATA = 0x61746164;
    static final short FORMAT_PCM = 1;

    private static final int FORMAT_ALAW = 6;
    private static final int FORMAT_ULAW = 7;
    private static final int FORMAT_EXTENSIBLE = 0xFFFE;

    /** Reads a file. */
    public static WavFile read(Path path) {
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw bad(path.toString(), "is longer than " + MAX_BYTES + " bytes");
            }
            return parse(Files.readAllBytes(path), path.toString());
        } catch (IOException e) {
            throw new RevoxException("WAV file " + path + " cannot be read: " + e, e, false);
        }
    }

    /**
     * Reads a stream to its end.
     *
     * @param name what to call it in an error
     */
    public static WavFile read(InputStream stream, String name) {
        try {
            byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw bad(name, "is longer than " + MAX_BYTES + " bytes");
            }
            return parse(bytes, name);
        } catch (IOException e) {
            throw new RevoxException("WAV data of " + name + " cannot be read: " + e, e, false);
        }
    }

    public int channels() {
        return samples.length;
    }

    /** Samples per channel. */
    public int length() {
        return samples[0].length;
    }

    private static WavFile parse(byte[] bytes, String name) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() < 12 || in.getInt() != RIFF || in.getInt(8) != WAVE) {
            throw bad(name, "does not begin with RIFF....WAVE");
        }
        in.position(12);
        Format format = null;
        while (in.remaining() >= 8) {
            int id = in.getInt();
            long claimed = Integer.toUnsignedLong(in.getInt());
            int there = (int) Math.min(claimed, in.remaining());
            if (id == FMT) {
                format = Format.of(in.slice(in.position(), there).order(ByteOrder.LITTLE_ENDIAN), name);
            } else if (id == DATA) {
                if (format == null) {
                    throw bad(name, "has its data chunk before its fmt chunk");
                }
                return format.decode(in.slice(in.position(), there).order(ByteOrder.LITTLE_ENDIAN));
            }
            in.position((int) Math.min(in.limit(), in.position() + claimed + (claimed & 1)));
        }
        throw bad(name, format == null ? "has no fmt chunk" : "has no data chunk");
    }

    private static RevoxException bad(String name, String problem) {
        return new RevoxException("WAV file " + name + " " + problem, false);
    }

    private record Format(int tag, int channels, int sampleRateHz, int bits) {

        static Format of(ByteBuffer chunk, String name) {
            if (chunk.remaining() < 16) {
                throw bad(name, "has a fmt chunk of " + chunk.remaining() + " bytes, it takes 16");
            }
            int tag = chunk.getShort(0) & 0xFFFF;
            if (tag == FORMAT_EXTENSIBLE && chunk.remaining() >= 26) {
                tag = chunk.getShort(24) & 0xFFFF;
            }
            Format format = new Format(tag, chunk.getShort(2) & 0xFFFF, chunk.getInt(4), chunk.getShort(14) & 0xFFFF);
            format.check(name);
            return format;
        }

        private void check(String name) {
            boolean linear = tag == FORMAT_PCM && bits == 16;
            boolean companded = (tag == FORMAT_ULAW || tag == FORMAT_ALAW) && bits == 8;
            if (!linear && !companded) {
                throw bad(
                        name,
                        "has format " + tag + " with " + bits
                                + " bits; readable are 1 (PCM) with 16 bits, 6 (A-law) and 7" + " (µ-law) with 8");
            }
            if (channels < 1 || channels > 2) {
                throw bad(name, "has " + channels + " channels; readable are 1 and 2");
            }
            if (sampleRateHz < 1000 || sampleRateHz > 384_000) {
                throw bad(name, "has a sampling rate of " + sampleRateHz + " Hz");
            }
        }

        WavFile decode(ByteBuffer data) {
            int frames = data.remaining() / (channels * bits / 8);
            short[][] samples = new short[channels][frames];
            for (int frame = 0; frame < frames; frame++) {
                for (short[] channel : samples) {
                    channel[frame] = sample(data);
                }
            }
            return new WavFile(sampleRateHz, samples);
        }

        private short sample(ByteBuffer data) {
            return switch (tag) {
                case FORMAT_ULAW -> G711.ULAW.decode(data.get());
                case FORMAT_ALAW -> G711.ALAW.decode(data.get());
                default -> data.getShort();
            };
        }
    }
}
