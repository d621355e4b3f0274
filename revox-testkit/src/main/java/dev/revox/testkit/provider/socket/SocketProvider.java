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

/**
 * What the local servers of streaming voices have in common.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class SocketProvider implements AutoCloseable {

    final ObjectMapper json = new ObjectMapper();
    final Faults faults = new Faults();
    final List<String> inputs = new CopyOnWriteArrayList<>();
    final AtomicInteger underWay = new AtomicInteger();

    private final TimeSource time;
    private final Duration firstPiece;
    private final Duration pace;
    private final LocalServer server;

    SocketProvider(TimeSource time, Duration firstPiece, Duration pace, SocketHandler handler) {
        this.time = time;
        this.firstPiece = firstPiece;
        this.pace = pace;
        server = LocalServer.sockets(handler);
    }

    URI baseUrl() {
        return URI.create("ws://127.0.0.1:" + server.port());
    }

    int openConnections() {
        return server.openConnections();
    }

    /** Lets a client in that has the key, unless a refusal is planned. */
    SocketHandler.Handshake handshake(boolean keyIsRight, boolean addressIsRight) {
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
    FrameQueue begin(SocketCall call) {
        underWay.incrementAndGet();
        Optional<Fault> fault = faults.take();
        return new FrameQueue(call, time, firstPiece, pace, fault);
    }

    @Override
    public void close() {
        server.close();
    }
}
