package dev.revox.agent.socket;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.ssl.SslHandler;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** A connection's handlers until its handshake is done. */
final class ClientPipeline extends ChannelInitializer<SocketChannel> {

    static final int LARGEST_REFUSAL_BYTES = 1 << 16;

    private final ClientSocket socket;
    private final @Nullable SSLContext tls;

    ClientPipeline(ClientSocket socket, @Nullable SSLContext tls) {
        this.socket = socket;
        this.tls = tls;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        if (tls != null) {
            channel.pipeline().addLast(new SslHandler(engine(tls)));
        }
        channel.pipeline()
                .addLast(new HttpClientCodec())
                .addLast(new HttpObjectAggregator(LARGEST_REFUSAL_BYTES))
                .addLast(new ClientHandler(socket));
    }

    private SSLEngine engine(SSLContext context) {
        SSLEngine engine = context.createSSLEngine(socket.host(), socket.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        // Off in the JDK's own engines: without it any valid certificate would do for any host.
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        engine.setSSLParameters(parameters);
        return engine;
    }
}
