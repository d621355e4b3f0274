package dev.revox.audio.record;

import dev.revox.audio.codec.stereo.StereoOpusEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * A recording as Opus in Ogg.
 *
 * <p><b>Thread:</b> Confined to the recording thread. <b>Units:</b> granule positions count samples at 48 kHz, the encoder's delay
 * included. <b>Spec:</b> RFC 7845 §4, §5.
 */
final class OggRecording implements RecordingFile {

    private static final int CHANNELS = 2;
    private static final int GRANULE_HZ = 48_000;
    private static final SecureRandom SERIALS = new SecureRandom();

    private final RecordingOutput out;
    private final OggStream ogg;
    private final StereoOpusEncoder encoder;
    private final int granulesPerSample;
    private final int skippedGranules;
    private final short[] frame;
    private final byte[] packet = new byte[StereoOpusEncoder.MAX_BYTES];
    private int filled;
    private long samples;
    private long encodedSamples;

    OggRecording(RecordingOutput out, int sampleRateHz) throws IOException {
        this.out = out;
        ogg = new OggStream(out, SERIALS.nextInt());
        encoder = new StereoOpusEncoder(sampleRateHz);
        granulesPerSample = GRANULE_HZ / sampleRateHz;
        skippedGranules = encoder.delaySamples() * granulesPerSample;
        frame = new short[CHANNELS * encoder.frameSamples()];
        headers(sampleRateHz);
    }

    private void headers(int sampleRateHz) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(19).order(ByteOrder.LITTLE_ENDIAN);
        head.put("OpusHead".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) CHANNELS);
        head.putShort((short) skippedGranules)
                .putInt(sampleRateHz)
                .putShort((short) 0)
                .put((byte) 0);
        ogg.add(head.array(), head.position(), 0);
        ogg.flush();
        byte[] vendor = "Revox".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer tags = ByteBuffer.allocate(16 + vendor.length).order(ByteOrder.LITTLE_ENDIAN);
        tags.put("OpusTags".getBytes(StandardCharsets.US_ASCII))
                .putInt(vendor.length)
                .put(vendor)
                .putInt(0);
        ogg.add(tags.array(), tags.position(), 0);
        ogg.flush();
    }

    @Override
    public void append(short[] interleaved, int count) throws IOException {
        samples += count;
        for (int done = 0; done < CHANNELS * count; ) {
            int take = Math.min(frame.length - filled, CHANNELS * count - done);
            System.arraycopy(interleaved, done, frame, filled, take);
            filled += take;
            done += take;
            if (filled == frame.length) {
                encode();
            }
        }
    }

    private void encode() throws IOException {
        int length = encoder.encode(frame, 0, packet);
        encodedSamples += encoder.frameSamples();
        ogg.add(packet, length, encodedSamples * granulesPerSample);
        filled = 0;
    }

    @Override
    public void keep() throws IOException {
        ogg.flush();
        out.keep();
    }

    /** What is left is filled up with silence, as far as the encoder's delay needs it, and cut off again by the last position. */
    @Override
    public void close() throws IOException {
        try (out) {
            long end = skippedGranules + samples * granulesPerSample;
            while (encodedSamples * granulesPerSample < end) {
                java.util.Arrays.fill(frame, filled, frame.length, (short) 0);
                encode();
            }
            ogg.end(end);
            out.keep();
        }
    }
}
