package dev.revox.testkit.server;

import dev.revox.RevoxException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A server on a free port of 127.0.0.1.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class LocalServer implements AutoCloseable {

    private static final int LARGEST_REQUEST_BYTES = 32 << 20;

    private final EventLoopGroup loop;
    private final Channel listening;
    private final AtomicInteger open = new AtomicInteger();

    private LocalServer(Supplier<ChannelInboundHandlerAdapter> handler) {
        loop = loop();
        try {
            listening = new ServerBootstrap()
                    .group(loop)
                    .channel(NioServerSocketChannel.class)
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            channel.pipeline()
                                    .addLast(new Counter(open))
                                    .addLast(new HttpServerCodec())
                                    .addLast("aggregator", new HttpObjectAggregator(LARGEST_REQUEST_BYTES))
                                    .addLast(handler.get());
                        }
                    })
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .sync()
                    .channel();
        } catch (InterruptedException e) {
            Future<?> unused = loop.shutdownGracefully();
            Thread.currentThread().interrupt();
            throw new RevoxException("interrupted while starting a local server", e, true);
        }
    }

    @SuppressWarnings("deprecation") // its successor does not exist in Netty 4.1, which hosts may bring
    private static EventLoopGroup loop() {
        return new NioEventLoopGroup(1, new DefaultThreadFactory("revox-local-server", true));
    }

    /** Serves HTTP requests, each on a virtual thread. */
    public static LocalServer http(Consumer<HttpCall> handler) {
        return http(() -> 0, handler);
    }

    /**
     * Serves HTTP requests, each on a virtual thread.
     *
     * @param nanoTime tells when each arrived
     */
    public static LocalServer http(LongSupplier nanoTime, Consumer<HttpCall> handler) {
        return new LocalServer(() -> new HttpServing(nanoTime, handler));
    }

    /** Serves WebSockets; a handler's methods are called one at a time. */
    public static LocalServer sockets(SocketHandler handler) {
        return new LocalServer(() -> new SocketServing(handler));
    }

    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** Connections that clients hold open now. */
    public int openConnections() {
        return open.get();
    }

    /** Stops listening and cuts all connections. */
    @Override
    public void close() {
        listening.close().syncUninterruptibly();
        loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static final class Counter extends ChannelInboundHandlerAdapter {

        private final AtomicInteger open;

        Counter(AtomicInteger open) {
            this.open = open;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            open.incrementAndGet();
            context.fireChannelActive();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            open.decrementAndGet();
            context.fireChannelInactive();
        }
    }
}
