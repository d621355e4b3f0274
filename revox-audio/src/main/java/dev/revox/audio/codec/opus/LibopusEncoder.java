package dev.revox.audio.codec.opus;

import java.nio.ByteBuffer;
import java.nio.ShortBuffer;

/**
 * An encoder of libopus; allocates nothing per frame.
 *
 * <p>State, sound and packet lie in one piece of native memory. Every length is checked against it before the call.
 *
 * <p><b>Thread:</b> As {@link OpusEncoding}.
 */
final class LibopusEncoder implements OpusEncoding {

    private static final int MAX_FRAME_MS = 60;

    private final ForeignLibrary.Memory memory;
    private final ByteBuffer data;
    private final ShortBuffer pcm;
    private final long stateAt;
    private final long dataAt;
    private final long pcmAt;
    private boolean closed;

    LibopusEncoder(OpusVoice voice) {
        int stateBytes;
        try {
            stateBytes = ((int) LibopusCalls.ENCODER_SIZE.invokeExact(1) + 15) & -16;
        } catch (Throwable e) {
            throw LibopusCalls.impossible(e);
        }
        int pcmBytes = Short.BYTES * (voice.sampleRateHz() / 1000 * MAX_FRAME_MS);
        memory = ForeignLibrary.reserve(stateBytes + pcmBytes + MAX_BYTES);
        stateAt = memory.address();
        pcmAt = stateAt + stateBytes;
        dataAt = pcmAt + pcmBytes;
        pcm = memory.buffer()
                .slice(stateBytes, pcmBytes)
                .order(memory.buffer().order())
                .asShortBuffer();
        data = memory.buffer().slice(stateBytes + pcmBytes, MAX_BYTES);
        try {
            prepare(voice);
        } catch (RuntimeException | Error e) {
            memory.close();
            throw e;
        }
    }

    private void prepare(OpusVoice voice) {
        int error;
        try {
            error = (int) LibopusCalls.ENCODER_INIT.invokeExact(
                    stateAt, voice.sampleRateHz(), 1, LibopusCalls.APPLICATION_VOIP);
        } catch (Throwable e) {
            throw LibopusCalls.impossible(e);
        }
        if (error != 0) {
            throw new IllegalArgumentException("Opus cannot have " + voice.sampleRateHz() + " Hz");
        }
        set(LibopusCalls.SET_COMPLEXITY, voice.complexity());
        set(LibopusCalls.SET_BITRATE, voice.bitsPerSecond());
        set(LibopusCalls.SET_SIGNAL, LibopusCalls.SIGNAL_VOICE);
        set(LibopusCalls.SET_MAX_BANDWIDTH, LibopusCalls.BANDWIDTH_WIDEBAND);
        set(LibopusCalls.SET_INBAND_FEC, 1);
        set(LibopusCalls.SET_PACKET_LOSS_PERCENT, voice.expectedLossPercent());
        set(LibopusCalls.SET_DTX, voice.discontinuous() ? 1 : 0);
    }

    private void set(int request, int value) {
        if (control(request, value) != 0) {
            throw new IllegalArgumentException("libopus refused " + value + " for setting " + request);
        }
    }

    private int control(int request, int value) {
        try {
            return (int) LibopusCalls.ENCODER_CONTROL.invokeExact(stateAt, request, value);
        } catch (Throwable e) {
            throw LibopusCalls.impossible(e);
        }
    }

    @Override
    public int encode(short[] samplesIn, int offset, int samples, byte[] out, int outOffset) {
        checkOpen();
        int room = Math.min(MAX_BYTES, out.length - outOffset);
        if (offset < 0
                || outOffset < 0
                || room < 1
                || samples < 1
                || samples > pcm.capacity()
                || samples > samplesIn.length - offset) {
            return 0;
        }
        pcm.put(0, samplesIn, offset, samples);
        int bytes;
        try {
            bytes = (int) LibopusCalls.ENCODE.invokeExact(stateAt, pcmAt, samples, dataAt, room);
        } catch (Throwable e) {
            throw LibopusCalls.impossible(e);
        }
        if (bytes < 0) {
            reset();
            return 0;
        }
        data.get(0, out, outOffset, bytes);
        return bytes;
    }

    @Override
    public void reset() {
        checkOpen();
        int unused = control(LibopusCalls.RESET_STATE, 0);
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
            throw new IllegalStateException("the encoder is closed");
        }
    }
}
