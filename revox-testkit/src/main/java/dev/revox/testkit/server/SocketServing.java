package dev.revox.testkit.server;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** One WebSocket connection, from its handshake on. <b>Thread:</b> Confined to the connection's event loop. */
final class SocketServing extends ChannelInboundHandlerAdapter {

    private static final int LARGEST_FRAME_BYTES = 1 << 20;

    private final SocketHandler handler;
    private @Nullable SocketCall call;

    SocketServing(SocketHandler handler) {
        this.handler = handler;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            switch (message) {
                case FullHttpRequest request -> handshake(context, request);
                case TextWebSocketFrame frame -> text(frame);
                case BinaryWebSocketFrame frame -> binary(frame);
                case PingWebSocketFrame ping -> {
                    ChannelFuture unused = context.writeAndFlush(
                            new PongWebSocketFrame(ping.content().retain()));
                }
                case CloseWebSocketFrame close ->
                    context.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
                default -> {
                    // Pongs mean nothing here.
                }
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void text(TextWebSocketFrame frame) {
        if (call != null) {
            handler.text(call, frame.text());
        }
    }

    private void binary(BinaryWebSocketFrame frame) {
        if (call != null) {
            handler.binary(call, ByteBufUtil.getBytes(frame.content()));
        }
    }

    private void handshake(ChannelHandlerContext context, FullHttpRequest request) {
        SocketCall candidate = new SocketCall(
                context.channel(), request.uri(), request.headers().copy());
        SocketHandler.Handshake verdict = handler.handshake(candidate);
        int status = verdict.status();
        @Nullable
        WebSocketServerHandshaker handshaker = status != 101
                ? null
                : new WebSocketServerHandshakerFactory(
                                "ws://127.0.0.1" + request.uri(), null, true, LARGEST_FRAME_BYTES)
                        .newHandshaker(request);
        if (handshaker == null) {
            DefaultFullHttpResponse refusal = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status == 101 ? 426 : status));
            verdict.headers().forEach((name, value) -> refusal.headers().set(name, value));
            HttpUtil.setContentLength(refusal, 0);
            context.writeAndFlush(refusal).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        call = candidate;
        context.pipeline().remove("aggregator");
        context.pipeline().addBefore(context.name(), "frames", new WebSocketFrameAggregator(LARGEST_FRAME_BYTES));
        ChannelFuture unused = handshaker.handshake(context.channel(), request);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (call != null) {
            handler.gone(call);
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ChannelFuture unused = context.close();
    }
}
