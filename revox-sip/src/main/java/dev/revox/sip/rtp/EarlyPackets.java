package dev.revox.sip.rtp;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * RTP that overtook the description it belongs to, kept for 200 ms: an answer travels through proxies, sound does not.
 *
 * <p><b>Thread:</b> Confined to the media loop. <b>Spec:</b> RFC 3264 §5.1 (be ready to receive what was offered).
 */
public final class EarlyPackets {

    private static final long KEPT_NANOS = 200_000_000L;
    private static final int SLOTS = 16;
    private static final int MAX_BYTES = 512;

    private final byte[] bytes = new byte[SLOTS * MAX_BYTES];
    private final int[] lengths = new int[SLOTS];
    private final long[] arrivals = new long[SLOTS];
    private final @Nullable InetSocketAddress[] sources = new @Nullable InetSocketAddress[SLOTS];
    private long kept;

    /** Keeps a datagram, in the place of the oldest; one that is larger than speech frames are is not kept. */
    public boolean keep(byte[] datagram, int offset, int length, InetSocketAddress source, long arrivalNanos) {
        if (length > MAX_BYTES) {
            return false;
        }
        int slot = (int) (kept++ % SLOTS);
        System.arraycopy(datagram, offset, bytes, slot * MAX_BYTES, length);
        lengths[slot] = length;
        arrivals[slot] = arrivalNanos;
        sources[slot] = source;
        return true;
    }

    /** Where they go when the description is there. */
    @FunctionalInterface
    public interface Listener {
        void onDatagram(byte[] bytes, int offset, int length, InetSocketAddress source, long arrivalNanos);
    }

    /** Gives out, in order, what is not older than 200 ms, and forgets all. */
    public void replay(Listener listener, long nowNanos) {
        for (long i = Math.max(0, kept - SLOTS); i < kept; i++) {
            int slot = (int) (i % SLOTS);
            InetSocketAddress source = sources[slot];
            if (source != null && nowNanos - arrivals[slot] <= KEPT_NANOS) {
                listener.onDatagram(bytes, slot * MAX_BYTES, lengths[slot], source, arrivals[slot]);
            }
        }
        kept = 0;
    }
}
