package dev.revox.bench.network;

import dev.revox.sip.transport.DatagramTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A network in memory between the legs of one loop: what is left when the sockets are taken away.
 *
 * <p><b>Thread:</b> Confined to the media loop.
 */
public final class MemoryNetwork implements DatagramTransport {

    private static final int SLOTS = 4096;
    private static final int MAX_BYTES = 512;

    private static final class Slot {
        final byte[] bytes = new byte[MAX_BYTES];
        int length;
        int targetPort;

        @Nullable
        InetSocketAddress source;
    }

    private final Slot[] slots = new Slot[SLOTS];
    private final @Nullable MemorySocket[] byPort = new @Nullable MemorySocket[65_536];
    private long written;
    private long read;

    public MemoryNetwork() {
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new Slot();
        }
    }

    @Override
    public Socket open(InetAddress address, int port, Receiver receiver) {
        MemorySocket socket = new MemorySocket(new InetSocketAddress(address, port), receiver);
        byPort[port] = socket;
        return socket;
    }

    @Override
    public void poll(long nowNanos) {
        long end = written;
        while (read < end) {
            Slot slot = slots[(int) (read++ & (SLOTS - 1))];
            MemorySocket target = byPort[slot.targetPort];
            InetSocketAddress source = slot.source;
            if (target != null && source != null) {
                target.receiver.onDatagram(slot.bytes, 0, slot.length, source, nowNanos);
            }
        }
    }

    @Override
    public void close() {}

    private final class MemorySocket implements Socket {
        final Receiver receiver;
        private final InetSocketAddress own;
        private long failed;

        MemorySocket(InetSocketAddress own, Receiver receiver) {
            this.own = own;
            this.receiver = receiver;
        }

        @Override
        public void send(byte[] bytes, int offset, int length, InetSocketAddress target) {
            if (written - read == SLOTS || length > MAX_BYTES) {
                failed++;
                return;
            }
            Slot slot = slots[(int) (written++ & (SLOTS - 1))];
            System.arraycopy(bytes, offset, slot.bytes, 0, length);
            slot.length = length;
            slot.targetPort = target.getPort();
            slot.source = own;
        }

        @Override
        public long failedSends() {
            return failed;
        }

        @Override
        public void close() {
            byPort[own.getPort()] = null;
        }
    }
}
