package dev.revox.sip.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;

/**
 * Non-blocking datagram channels behind one selector, which the loop asks once per tick.
 *
 * <p><b>Thread:</b> See {@link DatagramTransport}.
 */
final class JdkDatagramTransport implements DatagramTransport {

    private static final int MAX_DATAGRAM_BYTES = 2048;
    private static final int SOCKET_BUFFER_BYTES = 256 * 1024;

    /** A flood on one socket may not keep the loop from the others. */
    private static final int MAX_PER_POLL = 64;

    private final Selector selector;
    private final ByteBuffer inbound = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
    private final byte[] inboundBytes = new byte[MAX_DATAGRAM_BYTES];
    private final ByteBuffer outbound = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
    private final Consumer<SelectionKey> onReady = this::readFrom;
    private long nowNanos;
    private int atOnce = 1;

    JdkDatagramTransport() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("no selector for media sockets", e);
        }
    }

    @Override
    public Socket open(InetAddress address, int port, Receiver receiver) throws IOException {
        StandardProtocolFamily family =
                address instanceof java.net.Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
        DatagramChannel channel = DatagramChannel.open(family);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
            channel.bind(new InetSocketAddress(address, port));
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            ChannelSocket socket = new ChannelSocket(channel, key, receiver);
            key.attach(socket);
            return socket;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void poll(long pollNanos) {
        nowNanos = pollNanos;
        try {
            // A stream has one packet per tick at most as long as nothing has gone wrong. So the first look takes one
            // of each
            // socket, and a second one finds those that have more: asking each socket for a packet that is not there
            // would cost
            // as much as receiving one.
            atOnce = 1;
            if (selector.selectNow(onReady) > 0) {
                atOnce = MAX_PER_POLL;
                int unused = selector.selectNow(onReady);
            }
        } catch (IOException | ClosedSelectorException e) {
            // The selector is closed with its loop; nothing is left to read.
            nowNanos = pollNanos;
        }
    }

    private void readFrom(SelectionKey key) {
        if (!(key.attachment() instanceof ChannelSocket socket)) {
            return;
        }
        for (int i = 0; i < atOnce; i++) {
            inbound.clear();
            InetSocketAddress source;
            try {
                source = (InetSocketAddress) socket.channel.receive(inbound);
            } catch (IOException e) {
                // An ICMP error of an earlier send shows up here; the next datagram is unaffected.
                continue;
            }
            if (source == null) {
                return;
            }
            int length = inbound.position();
            inbound.flip();
            inbound.get(inboundBytes, 0, length);
            socket.receiver.onDatagram(inboundBytes, 0, length, source, nowNanos);
            if (!key.isValid()) {
                return;
            }
        }
    }

    @Override
    public void close() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException("media sockets did not close", e);
        }
    }

    private final class ChannelSocket implements Socket {
        final DatagramChannel channel;
        final Receiver receiver;
        private final SelectionKey key;
        private volatile long failedSends;

        ChannelSocket(DatagramChannel channel, SelectionKey key, Receiver receiver) {
            this.channel = channel;
            this.key = key;
            this.receiver = receiver;
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one writer: the loop
        public void send(byte[] bytes, int offset, int length, InetSocketAddress target) {
            outbound.clear();
            outbound.put(bytes, offset, length);
            outbound.flip();
            try {
                if (channel.send(outbound, target) == 0) {
                    failedSends++;
                }
            } catch (IOException | RuntimeException e) {
                failedSends++;
            }
        }

        @Override
        public long failedSends() {
            return failedSends;
        }

        @Override
        public void close() {
            if (!channel.isOpen()) {
                return;
            }
            try {
                key.cancel();
                // Only a selection lets go of a cancelled key, and only then does close free the port.
                int unused = selector.isOpen() ? selector.selectNow(onReady) : 0;
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException("a media socket did not close", e);
            }
        }
    }
}
