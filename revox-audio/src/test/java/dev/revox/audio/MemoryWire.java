package dev.revox.audio;

import dev.revox.audio.loop.FrameTransport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A wire in memory: what is put in arrives at the next poll, what is sent is kept. */
final class MemoryWire implements FrameTransport {

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Arrival(int stream, int sequence, long timestamp, byte[] payload, boolean noise) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sent(byte[] payload, long atNanos) {}

    final Queue<Arrival> arriving = new ArrayDeque<>();
    final List<Sent> sent = new ArrayList<>();
    int passed;
    boolean free = true;

    void arrive(int stream, int sequence, long timestamp, byte[] payload) {
        arriving.add(new Arrival(stream, sequence, timestamp, payload, false));
    }

    void arriveNoise(int stream, int sequence, long timestamp, byte[] payload) {
        arriving.add(new Arrival(stream, sequence, timestamp, payload, true));
    }

    @Override
    public void poll(long nowNanos, Inlet inlet) {
        Arrival next = arriving.poll();
        while (next != null) {
            int length = next.payload().length;
            if (next.noise()) {
                inlet.onComfortNoise(
                        next.stream(), next.sequence(), next.timestamp(), next.payload(), 0, length, nowNanos);
            } else {
                inlet.onFrame(next.stream(), next.sequence(), next.timestamp(), next.payload(), 0, length, nowNanos);
            }
            next = arriving.poll();
        }
    }

    @Override
    public boolean takesVoice() {
        return free;
    }

    @Override
    public void send(byte[] payload, int offset, int length, long nowNanos) {
        byte[] copy = new byte[length];
        System.arraycopy(payload, offset, copy, 0, length);
        sent.add(new Sent(copy, nowNanos));
    }

    @Override
    public void pass(int frames, long nowNanos) {
        passed += frames;
    }
}
