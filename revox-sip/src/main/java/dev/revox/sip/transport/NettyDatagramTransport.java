package dev.revox.sip.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Netty's datagram channels on one event loop, for hosts that want their whole network on Netty.
 *
 * <p>Netty reads on its own thread; datagrams cross to the media loop through a ring of preallocated slots, so confinement is
 * the same as with the JDK's channels. Netty allocates for each packet in both directions. Only API that 4.1 and 4.2 share is
 * used.
 *
 * <p><b>Thread:</b> See {@link DatagramTransport}.
 */
final class NettyDatagramTransport implements DatagramTransport {

    private static final int MAX_DATAGRAM_BYTES = 2048;
    private static final int SOCKET_BUFFER_BYTES = 256 * 1024;

    /** About 80 ms of 600 calls; what comes on top is lost, as in a full socket buffer. */
    private static final int SLOTS = 4096;

    private static final class Slot {
        final byte[] bytes = new byte[MAX_DATAGRAM_BYTES];
        int length;

        @Nullable
        InetSocketAddress source;

        @Nullable
        Receiver receiver;
    }

    private final Slot[] slots = new Slot[SLOTS];
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();
    private final EventLoopGroup group;
    private final Class<? extends Channel> channelType;

    @SuppressWarnings("deprecation") // the replacements exist in Netty 4.2 only, and hosts may bring 4.1
    NettyDatagramTransport(String name) {
        ThreadFactory threads = new DefaultThreadFactory(name + "-netty", true);
        if (Epoll.isAvailable()) {
            group = new EpollEventLoopGroup(1, threads);
            channelType = EpollDatagramChannel.class;
        } else {
            group = new NioEventLoopGroup(1, threads);
            channelType = NioDatagramChannel.class;
        }
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new Slot();
        }
    }

    @Override
    @SuppressWarnings("deprecation") // the option's newer name is missing from older releases of Netty 4.1
    public Socket open(InetAddress address, int port, Receiver receiver) throws IOException {
        ChannelFuture bound = new Bootstrap()
                .group(group)
                .channel(channelType)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM_BYTES))
                .handler(new Reader(receiver))
                .bind(address, port)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("port " + port + " cannot be bound", bound.cause());
        }
        return new ChannelSocket(bound.channel());
    }

    @Override
    public void poll(long nowNanos) {
        long next = read.get();
        long end = written.get();
        while (next < end) {
            Slot slot = slots[(int) (next & (SLOTS - 1))];
            Receiver receiver = slot.receiver;
            InetSocketAddress source = slot.source;
            if (receiver != null && source != null) {
                receiver.onDatagram(slot.bytes, 0, slot.length, source, nowNanos);
            }
            slot.receiver = null;
            slot.source = null;
            read.set(++next);
        }
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private final class Reader extends SimpleChannelInboundHandler<DatagramPacket> {
        private final Receiver receiver;

        Reader(Receiver receiver) {
            this.receiver = receiver;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            long at = written.get();
            ByteBuf content = packet.content();
            int length = content.readableBytes();
            if (at - read.get() == SLOTS || length > MAX_DATAGRAM_BYTES) {
                return;
            }
            Slot slot = slots[(int) (at & (SLOTS - 1))];
            content.readBytes(slot.bytes, 0, length);
            slot.length = length;
            slot.source = packet.sender();
            slot.receiver = receiver;
            written.set(at + 1);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // ICMP errors of earlier sends; a media socket lives until its leg ends.
        }
    }

    private static final class ChannelSocket implements Socket {
        private final Channel channel;
        private final AtomicLong failedSends = new AtomicLong();

        ChannelSocket(Channel channel) {
            this.channel = channel;
        }

        @Override
        public void send(byte[] bytes, int offset, int length, InetSocketAddress target) {
            ByteBuf buffer = channel.alloc().directBuffer(length);
            buffer.writeBytes(bytes, offset, length);
            ChannelFuture unused = channel.writeAndFlush(new DatagramPacket(buffer, target))
                    .addListener(sent -> {
                        if (!sent.isSuccess()) {
                            failedSends.incrementAndGet();
                        }
                    });
        }

        @Override
        public long failedSends() {
            return failedSends.get();
        }

        @Override
        public void close() {
            // Closing waits for Netty's thread, a few microseconds once per leg, because the port must be free
            // afterwards.
            ChannelFuture unused = channel.close().awaitUninterruptibly();
        }
    }
}
