package dev.revox.testkit.server;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One connection's HTTP requests. <b>Thread:</b> Confined to the connection's event loop. */
final class HttpServing extends ChannelInboundHandlerAdapter {

    private static final System.Logger LOG = System.getLogger("dev.revox.testkit.server");

    private final LongSupplier nanoTime;
    private final Consumer<HttpCall> handler;
    private @Nullable HttpCall current;

    HttpServing(LongSupplier nanoTime, Consumer<HttpCall> handler) {
        this.nanoTime = nanoTime;
        this.handler = handler;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof FullHttpRequest request) {
                HttpCall call = new HttpCall(
                        context.channel(),
                        nanoTime.getAsLong(),
                        request.method().name(),
                        request.uri(),
                        request.headers().copy(),
                        ByteBufUtil.getBytes(request.content()));
                current = call;
                Thread.ofVirtual().name("revox-local-call").start(() -> serve(call));
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void serve(HttpCall call) {
        try {
            handler.accept(call);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a local server's script failed", e);
            call.respond(500, "text/plain", new byte[0]);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (current != null) {
            current.gone();
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ChannelFuture unused = context.close();
    }
}
