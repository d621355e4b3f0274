package dev.revox.audio.codec.opus;

import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A decoder of libopus; allocates nothing per frame.
 *
 * <p>State, packet and sound lie in one piece of native memory. Every length is checked against it before the call.
 *
 * <p><b>Thread:</b> As {@link OpusDecoding}.
 */
final class LibopusDecoder implements OpusDecoding {

    /** Six frames of 20 ms, the most that 120 ms can take but for absurdly short frames: {@value}. */
    static final int MAX_PACKET_BYTES = 6 * OpusEncoding.MAX_BYTES;

    private final ForeignLibrary.Memory memory;
    private final ByteBuffer data;
    private final ShortBuffer pcm;
    private final long stateAt;
    private final long dataAt;
    private final long pcmAt;
    private boolean closed;

    LibopusDecoder(int sampleRateHz) {
        int stateBytes;
        try {
            stateBytes = ((int) LibopusCalls.DECODER_SIZE.invokeExact(1) + 15) & -16;
        } catch (Throwable e) {
            throw LibopusCalls.impossible(e);
        }
        int pcmBytes = Short.BYTES * (sampleRateHz / 1000 * OpusPacket.MAX_MS);
        memory = ForeignLibrary.reserve(stateBytes + pcmBytes + MAX_PACKET_BYTES);
        stateAt = memory.address();
        pcmAt = stateAt + stateBytes;
        dataAt = pcmAt + pcmBytes;
        pcm = memory.buffer()
                .slice(stateBytes, pcmBytes)
                .order(memory.buffer().order())
                .asShortBuffer();
        data = memory.buffer().slice(stateBytes + pcmBytes, MAX_PACKET_BYTES);
        int error;
        try {
            error = (int) LibopusCalls.DECODER_INIT.invokeExact(stateAt, sampleRateHz, 1);
        } catch (Throwable e) {
            memory.close();
            throw LibopusCalls.impossible(e);
        }
        if (error != 0) {
            memory.close();
            throw new IllegalArgumentException("Opus cannot have " + sampleRateHz + " Hz");
        }
    }

    @Override
    public int decode(
            byte @Nullable [] packet, int offset, int length, short[] out, int outOffset, int samples, boolean fec) {
        checkOpen();
        if (samples < 1 || samples > pcm.capacity() || outOffset < 0 || samples > out.length - outOffset) {
            return -1;
        }
        long from = 0;
        int bytes = 0;
        if (packet != null) {
            if (offset < 0 || length < 1 || length > MAX_PACKET_BYTES || length > packet.length - offset) {
                return -1;
            }
            data.put(0, packet, offset, length);
            from = dataAt;
            bytes = length;
        }
        int decoded = decode(from, bytes, samples, fec ? 1 : 0);
        if (decoded < 0) {
            reset();
            return -1;
        }
        pcm.get(0, out, outOffset, Math.min(decoded, samples));
        return decoded;
    }

    private int decode(long from, int bytes, int samples, int fec) {
        try {
            return (int) LibopusCalls.DECODE.invokeExact(stateAt, from, bytes, pcmAt, samples, fec);
        } catch (Throwable e) {
            throw LibopusCalls.impossible(e);
        }
    }

    @Override
    public void reset() {
        checkOpen();
        try {
            int unused = (int) LibopusCalls.DECODER_CONTROL.invokeExact(stateAt, LibopusCalls.RESET_STATE, 0);
        } catch (Throwable e) {
            throw LibopusCalls.impossible(e);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            memory.close();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the decoder is closed");
        }
    }
}
