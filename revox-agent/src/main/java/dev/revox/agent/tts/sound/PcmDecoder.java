package dev.revox.agent.tts.sound;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Little-endian 16 bit bytes to samples, whatever the boundaries of the pieces they come in.
 *
 * <p>A container or a compressed format played as raw samples is a burst of noise in someone's ear, so the first bytes are
 * looked at before anything is let through.
 *
 * <p><b>Thread:</b> one caller at a time.
 */
public final class PcmDecoder {

    private static final int CHECKED_BYTES = 4;

    private short[] samples = new short[4096];
    private final byte[] head = new byte[CHECKED_BYTES];
    private int headBytes;
    private boolean halfPending;
    private byte half;

    /**
     * Decodes all bytes of the buffer; the result lies in {@link #samples()} until the next call.
     *
     * @return number of samples; negative when the bytes are no raw samples
     */
    public int decode(ByteBuffer bytes) {
        if (!looksRaw(bytes)) {
            return -1;
        }
        int available = bytes.remaining() + (halfPending ? 1 : 0);
        int count = available / 2;
        if (samples.length < count) {
            samples = new short[count];
        }
        int at = 0;
        if (halfPending && bytes.hasRemaining()) {
            samples[at++] = (short) ((half & 0xff) | (bytes.get() << 8));
            halfPending = false;
        }
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.remaining() >= 2) {
            samples[at++] = bytes.getShort();
        }
        if (bytes.hasRemaining()) {
            half = bytes.get();
            halfPending = true;
        }
        return at;
    }

    private boolean looksRaw(ByteBuffer bytes) {
        for (int i = bytes.position(); headBytes < CHECKED_BYTES && i < bytes.limit(); i++) {
            head[headBytes++] = bytes.get(i);
        }
        String start = new String(head, 0, headBytes, StandardCharsets.ISO_8859_1);
        return !start.startsWith("RIFF")
                && !start.startsWith("ID3")
                && !start.startsWith("OggS")
                && !start.startsWith("fLaC");
    }

    /** Where {@link #decode} put its samples. */
    public short[] samples() {
        return samples;
    }
}
