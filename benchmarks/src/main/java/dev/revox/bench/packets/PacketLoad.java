package dev.revox.bench.packets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Many telephones: each sends a packet of 172 bytes every 20 ms, their turns spread evenly, and counts what comes to it.
 *
 * <p><b>Thread:</b> Confined to one thread.
 */
final class PacketLoad implements AutoCloseable {
    private static final int FRAME_MS = 20;
    private static final int PACKET_BYTES = 172;
    private static final int TICKS_PER_FRAME = 160;

    private final List<DatagramChannel> phones = new ArrayList<>();
    private final ByteBuffer outbound = ByteBuffer.allocateDirect(PACKET_BYTES);
    private final ByteBuffer inbound = ByteBuffer.allocateDirect(2048);
    private final Selector selector;
    private InetSocketAddress[] targets = new InetSocketAddress[0];
    private int sequence;
    private long came;

    /** Phones at ports from the given one on. */
    PacketLoad(int firstPort, int count) {
        try {
            selector = Selector.open();
            for (int i = 0; i < count; i++) {
                DatagramChannel phone = DatagramChannel.open();
                phone.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), firstPort + i));
                phone.configureBlocking(false);
                phone.register(selector, SelectionKey.OP_READ);
                phones.add(phone);
            }
        } catch (IOException taken) {
            throw new UncheckedIOException("ports from " + firstPort + " on are taken", taken);
        }
    }

    /** To whom the phones speak. */
    void towards(List<InetSocketAddress> addresses) {
        targets = addresses.toArray(InetSocketAddress[]::new);
    }

    /** Packets that were given back since the last question. */
    long takeCame() {
        long taken = came;
        came = 0;
        return taken;
    }

    /** Speaks for so long. @return packets sent */
    long run(int millis) {
        long sent = 0;
        long start = System.nanoTime();
        for (int tick = 0; tick < millis; tick++) {
            for (int i = tick % FRAME_MS; i < phones.size(); i += FRAME_MS) {
                send(i);
                sent++;
            }
            if (tick % FRAME_MS == FRAME_MS - 1) {
                sequence++;
            }
            drain();
            LockSupport.parkNanos(start + (tick + 1) * 1_000_000L - System.nanoTime());
        }
        // What is still on its way.
        LockSupport.parkNanos(20_000_000L);
        drain();
        return sent;
    }

    private void send(int phone) {
        outbound.clear();
        outbound.putShort((short) 0x8000).putShort((short) sequence).putInt(sequence * TICKS_PER_FRAME);
        outbound.putInt(0x5000_0000 + phone).position(PACKET_BYTES).flip();
        try {
            int unused = phones.get(phone).send(outbound, targets[phone]);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private void drain() {
        try {
            int unused = selector.selectNow(key -> read((DatagramChannel) key.channel()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void read(DatagramChannel phone) {
        try {
            while (phone.receive(inbound.clear()) != null) {
                came++;
            }
        } catch (IOException refused) {
            throw new UncheckedIOException("nobody listens at the other end", refused);
        }
    }

    @Override
    public void close() {
        try {
            selector.close();
            for (DatagramChannel phone : phones) {
                phone.close();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
