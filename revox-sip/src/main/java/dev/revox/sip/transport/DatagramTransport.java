package dev.revox.sip.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * All datagram sockets of one media loop.
 *
 * <p><b>Thread:</b> {@link #open} is thread-safe; {@link #poll} and the sockets' methods are confined to the media loop.
 */
public interface DatagramTransport extends AutoCloseable {

    /** Which implementation carries the sound. */
    enum Kind {
        /** The JDK's {@code DatagramChannel}, polled by the loop through one selector. */
        JDK,
        /** Netty's channels (epoll where it loads), which read on a thread of their own and hand over through a ring. */
        NETTY
    }

    /** A transport of this kind. */
    static DatagramTransport of(Kind kind, String name) {
        return switch (kind) {
            case JDK -> new JdkDatagramTransport();
            case NETTY -> new NettyDatagramTransport(name);
        };
    }

    /**
     * Binds a socket.
     *
     * @throws IOException when the address is taken
     */
    Socket open(InetAddress address, int port, Receiver receiver) throws IOException;

    /** Delivers everything that has arrived. */
    void poll(long nowNanos);

    @Override
    void close();

    /** One bound socket. */
    interface Socket {

        /** Sends a datagram, or loses it when the network refuses; {@link #failedSends()} counts. */
        void send(byte[] bytes, int offset, int length, InetSocketAddress target);

        long failedSends();

        /** Frees the port before it returns. Idempotent; on the media loop, or on any thread once the loop has stopped. */
        void close();
    }

    /** Gets datagrams on the media loop. */
    @FunctionalInterface
    interface Receiver {

        /**
         * One datagram; the bytes are valid during the call only.
         *
         * @param arrivalNanos when the loop saw it
         */
        void onDatagram(byte[] bytes, int offset, int length, InetSocketAddress source, long arrivalNanos);
    }
}
