package dev.revox.agent.socket;

import dev.revox.secret.Secret;
import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket from the moment it is asked for. Messages wait here until the handshake is done; a ping every {@value
 * #PING_SECONDS} s keeps middle boxes from forgetting the connection, and notices when the other end has vanished.
 *
 * <p><b>Thread:</b> Thread-safe; the lock is never held during a call to the listener.
 */
final class ClientSocket implements WebSocket {

    static final int LARGEST_MESSAGE_BYTES = 4 << 20;

    static final int LARGEST_FRAME_BYTES = 1 << 20;
    private static final int PING_SECONDS = 20;

    private final URI uri;
    private final Map<String, Secret> headers;
    private final SocketListener listener;
    private final TimeSource time;

    private final Queue<Supplier<WebSocketFrame>> unsent = new ArrayDeque<>();
    private @Nullable Channel channel;
    private @Nullable Alarm beat;
    private boolean open;
    private boolean over;
    private boolean reading = true;
    private long heardNanos;

    ClientSocket(URI uri, Map<String, Secret> headers, SocketListener listener, TimeSource time) {
        this.uri = uri;
        this.headers = headers;
        this.listener = listener;
        this.time = time;
    }

    String host() {
        return uri.getHost();
    }

    int port() {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "wss".equals(uri.getScheme()) ? 443 : 80;
    }

    WebSocketClientHandshaker handshaker() {
        HttpHeaders plain = new DefaultHttpHeaders();
        headers.forEach((name, value) -> plain.set(name, value.reveal()));
        return WebSocketClientHandshakerFactory.newHandshaker(
                uri, WebSocketVersion.V13, null, false, plain, LARGEST_FRAME_BYTES);
    }

    // Looking up the host blocks, which must happen neither on the caller's thread nor on the event loop.
    void open(Bootstrap bootstrap) {
        Thread unused = Thread.ofVirtual().name("revox-websocket-connect").start(() -> {
            try {
                InetAddress address = InetAddress.getByName(host());
                bootstrap.connect(new InetSocketAddress(address, port())).addListener(connected -> {
                    if (!connected.isSuccess()) {
                        end(new SocketEnd.Broken("no connection"));
                    }
                });
            } catch (UnknownHostException e) {
                end(new SocketEnd.Broken("the host is not known"));
            } catch (RuntimeException e) {
                end(new SocketEnd.Broken("no connection"));
            }
        });
    }

    // Called by the pipeline itself: a listener of the connect future may run after the whole handshake, and what was
    // waiting to
    // be sent would have been written to a channel that nobody knew yet.
    /** The connection stands. False when nobody wants it any more. */
    boolean connected(Channel given) {
        synchronized (this) {
            channel = given;
            if (!over) {
                given.config().setAutoRead(reading);
                return true;
            }
        }
        cut(given);
        return false;
    }

    void opened() {
        synchronized (this) {
            open = true;
            heardNanos = time.nanoTime();
            unsent.forEach(this::write);
            unsent.clear();
            if (!over) {
                beat = time.schedule(Duration.ofSeconds(PING_SECONDS), this::beat);
            }
        }
        if (isUsable()) {
            listener.opened();
        }
    }

    private void write(Supplier<WebSocketFrame> frame) {
        if (channel != null) {
            ChannelFuture unused = channel.writeAndFlush(frame.get());
        }
    }

    private void beat() {
        boolean vanished;
        synchronized (this) {
            if (over || channel == null) {
                return;
            }
            long silentNanos = time.nanoTime() - heardNanos;
            vanished = reading
                    && silentNanos > Duration.ofSeconds(3L * PING_SECONDS).toNanos();
            if (!vanished) {
                ChannelFuture unused = channel.writeAndFlush(new PingWebSocketFrame());
                beat = time.schedule(Duration.ofSeconds(PING_SECONDS), this::beat);
            }
        }
        if (vanished) {
            end(new SocketEnd.Broken("no sign of life"));
        }
    }

    synchronized void heard() {
        heardNanos = time.nanoTime();
    }

    void text(String message) {
        if (isUsable()) {
            listener.text(message);
        }
    }

    void end(SocketEnd how) {
        if (finish()) {
            listener.ended(how);
        }
    }

    @Override
    public void send(String text) {
        send(() -> new TextWebSocketFrame(text));
    }

    @Override
    public void send(byte[] bytes) {
        send(() -> new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes)));
    }

    private synchronized void send(Supplier<WebSocketFrame> frame) {
        if (over) {
            return;
        }
        if (open) {
            write(frame);
        } else {
            unsent.add(frame);
        }
    }

    @Override
    public synchronized void reading(boolean on) {
        reading = on;
        heardNanos = time.nanoTime();
        if (channel != null && !over) {
            channel.config().setAutoRead(on);
        }
    }

    @Override
    public synchronized boolean isUsable() {
        return !over;
    }

    @Override
    public void close() {
        boolean unused = finish();
    }

    private boolean finish() {
        @Nullable Channel connection;
        synchronized (this) {
            if (over) {
                return false;
            }
            over = true;
            unsent.clear();
            connection = channel;
            if (beat != null) {
                beat.cancel();
            }
        }
        if (connection != null) {
            cut(connection);
        }
        return true;
    }

    private static void cut(Channel connection) {
        ChannelFuture unused = connection.close();
    }
}
