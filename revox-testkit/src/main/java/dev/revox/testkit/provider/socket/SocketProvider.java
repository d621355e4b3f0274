package dev.revox.testkit.provider.socket;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.revox.testkit.provider.fault.Fault;
import dev.revox.testkit.provider.fault.Faults;
import dev.revox.testkit.server.LocalServer;
import dev.revox.testkit.server.SocketCall;
import dev.revox.testkit.server.SocketHandler;
import dev.revox.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * What local servers over WebSockets have in common.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class SocketProvider implements AutoCloseable {

    public final ObjectMapper json = new ObjectMapper();
    public final Faults faults = new Faults();
    public final List<String> inputs = new CopyOnWriteArrayList<>();
    public final AtomicInteger underWay = new AtomicInteger();

    private final TimeSource time;
    private final Duration firstPiece;
    private final Duration pace;
    private final LocalServer server;

    public SocketProvider(TimeSource time, Duration firstPiece, Duration pace, SocketHandler handler) {
        this.time = time;
        this.firstPiece = firstPiece;
        this.pace = pace;
        server = LocalServer.sockets(handler);
    }

    public URI baseUrl() {
        return URI.create("ws://127.0.0.1:" + server.port());
    }

    public int openConnections() {
        return server.openConnections();
    }

    /** Lets a client in that has the key, unless a refusal is planned. */
    public SocketHandler.Handshake handshake(boolean keyIsRight, boolean addressIsRight) {
        if (!keyIsRight) {
            return SocketHandler.Handshake.refuse(401);
        }
        if (!addressIsRight) {
            return SocketHandler.Handshake.refuse(400);
        }
        return faults.takeRefusal()
                .map(refusal -> new SocketHandler.Handshake(
                        refusal.status(),
                        refusal.retryAfter()
                                .map(wait -> Map.of("Retry-After", Long.toString(wait.toSeconds())))
                                .orElse(Map.of())))
                .orElseGet(SocketHandler.Handshake::accept);
    }

    /** Begins an utterance, with the fault that is planned for it. */
    public FrameQueue begin(SocketCall call) {
        return begin(call, call::send);
    }

    /** The same, with messages leaving in a way of their own. */
    public FrameQueue begin(SocketCall call, Consumer<String> sender) {
        underWay.incrementAndGet();
        Optional<Fault> fault = faults.take();
        return new FrameQueue(call, sender, time, firstPiece, pace, fault);
    }

    @Override
    public void close() {
        server.close();
    }
}
