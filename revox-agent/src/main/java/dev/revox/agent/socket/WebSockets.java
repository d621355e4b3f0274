package dev.revox.agent.socket;

import dev.revox.RevoxException;
import dev.revox.secret.Secret;
import dev.revox.time.TimeSource;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * Opens WebSockets: {@code wss} with the host name checked against the certificate, {@code ws} for servers of one's own.
 *
 * <p><b>Thread:</b> Thread-safe; all its sockets share one event loop.
 */
public final class WebSockets implements AutoCloseable {

    private static final int CONNECT_LIMIT_MS = 5000;

    private final EventLoopGroup loop = loop();
    private final SSLContext tls;
    private final TimeSource time;

    private WebSockets(SSLContext tls, TimeSource time) {
        this.tls = tls;
        this.time = time;
    }

    /** Trusts whom the JDK trusts. */
    public static WebSockets create(TimeSource time) {
        try {
            return create(time, SSLContext.getDefault());
        } catch (NoSuchAlgorithmException e) {
            throw new RevoxException("the JDK offers no TLS: check jdk.tls and javax.net.ssl settings", e, false);
        }
    }

    /** Trusts whom the context trusts. */
    public static WebSockets create(TimeSource time, SSLContext tls) {
        return new WebSockets(tls, time);
    }

    @SuppressWarnings("deprecation") // its successor does not exist in Netty 4.1, which hosts may bring
    private static EventLoopGroup loop() {
        return new NioEventLoopGroup(1, new DefaultThreadFactory("revox-websocket", true));
    }

    /** Begins to open a socket. Returns at once. */
    public WebSocket connect(URI uri, Map<String, Secret> headers, SocketListener listener) {
        boolean secure = "wss".equals(uri.getScheme());
        if (!secure && !"ws".equals(uri.getScheme())) {
            throw new RevoxException("a WebSocket's URL must begin with wss:// or ws://", false);
        }
        ClientSocket socket = new ClientSocket(uri, headers, listener, time);
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_LIMIT_MS)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ClientPipeline(socket, secure ? tls : null));
        socket.open(bootstrap);
        return socket;
    }

    /** Cuts all connections. */
    @Override
    public void close() {
        Future<?> unused = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
