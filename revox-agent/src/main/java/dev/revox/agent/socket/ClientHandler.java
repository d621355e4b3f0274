package dev.revox.agent.socket;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** One connection's events, from TCP to the socket. <b>Thread:</b> Confined to the event loop. */
final class ClientHandler extends ChannelInboundHandlerAdapter {

    private static final int NO_CODE = 1005;

    private final ClientSocket socket;
    private final WebSocketClientHandshaker handshaker;

    ClientHandler(ClientSocket socket) {
        this.socket = socket;
        handshaker = socket.handshaker();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (!socket.connected(context.channel())) {
            return;
        }
        if (context.pipeline().get(SslHandler.class) == null) {
            shakeHands(context);
        } else {
            context.pipeline().get(SslHandler.class).handshakeFuture().addListener(done -> {
                if (done.isSuccess()) {
                    shakeHands(context);
                }
            });
        }
    }

    private void shakeHands(ChannelHandlerContext context) {
        ChannelFuture unused = handshaker.handshake(context.channel());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            socket.heard();
            switch (message) {
                case FullHttpResponse response -> answered(context, response);
                case TextWebSocketFrame frame -> socket.text(frame.text());
                // Gemini sends its JSON in binary frames.
                case BinaryWebSocketFrame frame -> socket.text(frame.content().toString(StandardCharsets.UTF_8));
                case PingWebSocketFrame ping -> {
                    ChannelFuture unused = context.writeAndFlush(
                            new PongWebSocketFrame(ping.content().retain()));
                }
                case CloseWebSocketFrame close ->
                    socket.end(new SocketEnd.Closed(close.statusCode() < 0 ? NO_CODE : close.statusCode()));
                default -> {
                    // Pongs are signs of life and no more.
                }
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void answered(ChannelHandlerContext context, FullHttpResponse response) {
        if (response.status().code() != 101) {
            String retryAfter = response.headers().get("Retry-After");
            socket.end(new SocketEnd.Refused(response.status().code(), Optional.ofNullable(retryAfter)));
            return;
        }
        handshaker.finishHandshake(context.channel(), response);
        context.pipeline()
                .addBefore(context.name(), "whole", new WebSocketFrameAggregator(ClientSocket.LARGEST_MESSAGE_BYTES));
        socket.opened();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        socket.end(new SocketEnd.Broken("the connection was cut"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Throwable root = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        if (root instanceof SSLException) {
            socket.end(new SocketEnd.Broken("TLS failed: check the host's certificate"));
        } else if (root instanceof CorruptedFrameException
                || root instanceof TooLongFrameException
                || root instanceof DecoderException
                || root instanceof RuntimeException) {
            socket.end(new SocketEnd.Malformed());
        } else {
            socket.end(new SocketEnd.Broken(root.getClass().getSimpleName()));
        }
    }
}
