package dev.revox.testkit.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket connection, seen from the server.
 *
 * <p><b>Thread:</b> Thread-safe; what is sent arrives in the order of sending.
 */
public final class SocketCall {

    private final Channel channel;
    private final QueryStringDecoder uri;
    private final HttpHeaders headers;

    SocketCall(Channel channel, String uri, HttpHeaders headers) {
        this.channel = channel;
        this.uri = new QueryStringDecoder(uri);
        this.headers = headers;
    }

    public String path() {
        return uri.path();
    }

    public Optional<String> query(String name) {
        List<String> values = uri.parameters().getOrDefault(name, List.of());
        return values.stream().findFirst();
    }

    public Optional<String> header(String name) {
        @Nullable String value = headers.get(name);
        return Optional.ofNullable(value);
    }

    public boolean isOpen() {
        return channel.isActive();
    }

    public void send(String text) {
        ChannelFuture unused = channel.writeAndFlush(new TextWebSocketFrame(text));
    }

    /** Sends the text as a binary message, as some providers do. */
    public void sendAsBytes(String text) {
        ChannelFuture unused = channel.writeAndFlush(
                new BinaryWebSocketFrame(Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8))));
    }

    /** Closes as RFC 6455 wants it. */
    public void close(int code, String reason) {
        channel.writeAndFlush(new CloseWebSocketFrame(code, reason)).addListener(ChannelFutureListener.CLOSE);
    }

    /** Sends the first half of a text frame and cuts the connection. */
    public void cut(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] half = new byte[4 + bytes.length / 2];
        // RFC 6455 §5.2: FIN and text, then a 16 bit length that the connection does not live to fill.
        half[0] = (byte) 0x81;
        half[1] = 126;
        half[2] = (byte) (bytes.length >> 8);
        half[3] = (byte) bytes.length;
        System.arraycopy(bytes, 0, half, 4, bytes.length / 2);
        channel.pipeline()
                .firstContext()
                .writeAndFlush(Unpooled.wrappedBuffer(half))
                .addListener(ChannelFutureListener.CLOSE);
    }

    /** Ends the TCP connection without a closing frame. */
    public void drop() {
        ChannelFuture unused = channel.close();
    }
}
