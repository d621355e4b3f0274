package dev.revox.testkit.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One request and the way to answer it.
 *
 * <p><b>Thread:</b> Thread-safe; what is written arrives in the order of writing.
 */
public final class HttpCall {

    private final Channel channel;
    private final long arrivedNanos;
    private final String method;
    private final String uri;
    private final HttpHeaders headers;
    private final byte[] body;
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    HttpCall(Channel channel, long arrivedNanos, String method, String uri, HttpHeaders headers, byte[] body) {
        this.channel = channel;
        this.arrivedNanos = arrivedNanos;
        this.method = method;
        this.uri = uri;
        this.headers = headers;
        this.body = body;
    }

    /** When the whole request was there, by the clock that the server was given; 0 without one. */
    public long arrivedNanos() {
        return arrivedNanos;
    }

    public String method() {
        return method;
    }

    public String path() {
        return new QueryStringDecoder(uri).path();
    }

    /** Path and query as they came. */
    public String target() {
        return uri;
    }

    public Optional<String> header(String name) {
        @Nullable String value = headers.get(name);
        return Optional.ofNullable(value);
    }

    public byte[] body() {
        return body.clone();
    }

    /** Runs once, when the answer is complete or the client has gone; at once when that was before. */
    public void onOver(Runnable action) {
        CompletableFuture<Void> unused = over.thenRun(action);
    }

    /** True when nothing more can be answered. */
    public boolean isOver() {
        return over.isDone();
    }

    /** A whole answer. */
    public void respond(int status, String contentType, byte[] content) {
        respond(status, contentType, content, Map.of());
    }

    /** A whole answer with more headers. */
    public void respond(int status, String contentType, byte[] content, Map<String, String> more) {
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(content));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        more.forEach((name, value) -> response.headers().set(name, value));
        HttpUtil.setContentLength(response, content.length);
        finish();
        send(response);
    }

    /** Begins an answer in pieces. */
    public void begin(int status, String contentType) {
        DefaultHttpResponse response =
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        HttpUtil.setTransferEncodingChunked(response, true);
        send(response);
    }

    public void write(byte[] piece) {
        send(new DefaultHttpContent(Unpooled.wrappedBuffer(piece)));
    }

    /** Ends an answer in pieces. */
    public void end() {
        finish();
        send(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    /** Writes a last piece and cuts the connection before the answer is complete. */
    public void cut(byte[] piece) {
        finish();
        channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(piece)))
                .addListener(ChannelFutureListener.CLOSE);
    }

    // A write that fails belongs to a client that has gone, which is noticed anyway.
    private void send(Object message) {
        ChannelFuture unused = channel.writeAndFlush(message);
    }

    void gone() {
        finish();
    }

    private void finish() {
        over.complete(null);
    }
}
