package dev.revox.testkit.network;

import dev.revox.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A bad network between two UDP sockets on loopback: what comes to {@link #port} goes to the target as a {@link NetworkProfile}
 * lets it, and what the target answers goes back as another one does. A stranger's packets leave from a socket of their own.
 *
 * <p><b>Thread:</b> Thread-safe; two threads of its own read, and the time source's thread writes what was held back.
 */
public final class UdpRelay implements AutoCloseable {

    private static final int MAX_BYTES = 65_535;

    private final TimeSource time;
    private final InetSocketAddress target;
    private final DatagramSocket front;
    private final DatagramSocket back;
    private final DatagramSocket strange;
    private final AtomicReference<@Nullable InetSocketAddress> client = new AtomicReference<>();
    private final AtomicLong strangeAnswers = new AtomicLong();

    private UdpRelay(TimeSource time, InetSocketAddress target) throws SocketException {
        this.time = time;
        this.target = target;
        InetAddress loopback = InetAddress.getLoopbackAddress();
        front = new DatagramSocket(0, loopback);
        back = new DatagramSocket(0, loopback);
        strange = new DatagramSocket(0, loopback);
    }

    /**
     * Starts to relay.
     *
     * @param there what the network does on the way to the target
     * @param home what it does on the way back
     */
    public static UdpRelay start(
            TimeSource time, InetSocketAddress target, NetworkProfile there, NetworkProfile home, long seed) {
        try {
            UdpRelay relay = new UdpRelay(time, target);
            BadNetwork out = new BadNetwork(there, seed);
            BadNetwork in = new BadNetwork(home, seed + 1);
            reader("out", () -> relay.read(relay.front, out, true));
            reader("in", () -> relay.read(relay.back, in, false));
            reader("strange", relay::readStrange);
            return relay;
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void reader(String name, Runnable work) {
        Thread.ofPlatform().daemon().name("relay-" + name).start(work);
    }

    /** Where packets for the target go. */
    public int port() {
        return front.getLocalPort();
    }

    /** Where the target sends what is to go back. */
    public InetSocketAddress wayBack() {
        return (InetSocketAddress) back.getLocalSocketAddress();
    }

    /** Packets that somebody sent to the stranger's address. */
    public long strangeAnswers() {
        return strangeAnswers.get();
    }

    private void read(DatagramSocket from, BadNetwork network, boolean outward) {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
        try {
            while (!from.isClosed()) {
                packet.setLength(MAX_BYTES);
                from.receive(packet);
                if (outward) {
                    client.set((InetSocketAddress) packet.getSocketAddress());
                }
                byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
                network.send(Datagram.sent(bytes, time.nanoTime()), datagram -> forward(datagram, outward));
            }
        } catch (IOException e) {
            // Closed: there is no other way to end a thread that receives.
            return;
        }
    }

    private void readStrange() {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
        try {
            while (!strange.isClosed()) {
                strange.receive(packet);
                strangeAnswers.incrementAndGet();
            }
        } catch (IOException e) {
            return;
        }
    }

    private void forward(Datagram datagram, boolean outward) {
        long waitNanos = datagram.arrivalNanos() - time.nanoTime();
        if (waitNanos <= 0) {
            write(datagram, outward);
        } else {
            var unused = time.schedule(Duration.ofNanos(waitNanos), () -> write(datagram, outward));
        }
    }

    private void write(Datagram datagram, boolean outward) {
        InetSocketAddress to = outward ? target : client.get();
        DatagramSocket by = datagram.stranger() ? strange : outward ? back : front;
        if (to == null) {
            return;
        }
        try {
            by.send(new DatagramPacket(datagram.bytes(), datagram.bytes().length, to));
        } catch (IOException e) {
            // As on any network: a packet that cannot be sent is lost.
            return;
        }
    }

    /** Ends it; packets still held back are lost. */
    @Override
    public void close() {
        front.close();
        back.close();
        strange.close();
    }
}
