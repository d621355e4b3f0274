package dev.revox.audio.loop;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The way out of a media loop for rare events: a ring of preallocated entries with one writer, the loop, and one reader.
 *
 * <p>An event may never be lost (a segment without its end would stall a conversation), and the loop may never wait. So a
 * full ring is not an error: the writer goes on in a ring of twice the size and leaves a link to it in the old one. That
 * allocation happens only when a reader stood still for thousands of events.
 *
 * <p><b>Thread:</b> One writer, one reader.
 */
public final class LoopEvents {

    /** What receives an event on the reader's thread. */
    @FunctionalInterface
    public interface Receiver {
        void onLoopEvent(int kind, long atNanos, long first, long second);
    }

    private static final class Entry {
        @Nullable
        Receiver receiver;

        int kind;
        long atNanos;
        long first;
        long second;
    }

    private static final class Ring {
        final Entry[] entries;
        final AtomicLong written = new AtomicLong();
        final AtomicLong read = new AtomicLong();
        volatile @Nullable Ring next;

        Ring(int capacity) {
            entries = new Entry[capacity];
            for (int i = 0; i < capacity; i++) {
                entries[i] = new Entry();
            }
        }

        boolean full() {
            return written.get() - read.get() == entries.length;
        }

        boolean empty() {
            return written.get() == read.get();
        }
    }

    private Ring tail;
    private Ring head;
    private boolean emittedSinceAsked;

    /**
     * A ring.
     *
     * @param capacity a power of two
     */
    public LoopEvents(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity must be a power of two, was " + capacity);
        }
        tail = new Ring(capacity);
        head = tail;
    }

    /** Writer only. */
    public void emit(Receiver receiver, int kind, long atNanos, long first, long second) {
        if (tail.full()) {
            Ring larger = new Ring(tail.entries.length * 2);
            tail.next = larger;
            tail = larger;
        }
        Ring ring = tail;
        long at = ring.written.get();
        Entry entry = ring.entries[(int) (at & (ring.entries.length - 1))];
        entry.receiver = receiver;
        entry.kind = kind;
        entry.atNanos = atNanos;
        entry.first = first;
        entry.second = second;
        ring.written.set(at + 1);
        emittedSinceAsked = true;
    }

    /** Writer only: whether anything was emitted since this was asked last. */
    boolean takeEmitted() {
        boolean result = emittedSinceAsked;
        emittedSinceAsked = false;
        return result;
    }

    /** Reader only: delivers everything that waits. @return how many */
    public int drain() {
        int delivered = 0;
        while (true) {
            Ring ring = head;
            if (ring.empty()) {
                Ring next = ring.next;
                if (next == null) {
                    return delivered;
                }
                // The link is set after the last entry was written, so emptiness has to be looked at once more.
                if (ring.empty()) {
                    head = next;
                }
                continue;
            }
            long at = ring.read.get();
            Entry entry = ring.entries[(int) (at & (ring.entries.length - 1))];
            Receiver receiver = entry.receiver;
            int kind = entry.kind;
            long atNanos = entry.atNanos;
            long first = entry.first;
            long second = entry.second;
            entry.receiver = null;
            ring.read.set(at + 1);
            delivered++;
            if (receiver != null) {
                receiver.onLoopEvent(kind, atNanos, first, second);
            }
        }
    }
}
