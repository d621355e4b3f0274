package dev.revox.testkit.provider;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.revox.testkit.provider.fault.Fault;
import dev.revox.testkit.provider.fault.Faults;
import dev.revox.testkit.server.HttpCall;
import dev.revox.testkit.server.LocalServer;
import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the local servers of OpenAI's kind have in common: the key, the count of exchanges, and answers in pieces at a pace.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class HttpProvider implements AutoCloseable {

    /** What a server does with a request that has the right key, and the fault that it is to have. */
    interface Route {
        void serve(HttpCall call, Optional<Fault> fault);
    }

    static final byte[] GARBAGE = "<html>\u0000 not what you asked for\n\n".getBytes(StandardCharsets.UTF_8);

    final ObjectMapper json = new ObjectMapper();
    final Faults faults = new Faults();

    private final String path;
    private final String key;
    private final TimeSource time;
    private final Route route;
    private final LocalServer server;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();

    HttpProvider(String path, String key, TimeSource time, Route route) {
        this.path = path;
        this.key = key;
        this.time = time;
        this.route = route;
        server = LocalServer.http(time::nanoTime, this::serve);
    }

    URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.port() + "/v1");
    }

    int openConnections() {
        return server.openConnections();
    }

    int underWay() {
        return underWay.get();
    }

    int served() {
        return served.get();
    }

    private void serve(HttpCall call) {
        String authorization = call.header("Authorization").orElse("");
        if (!authorization.equals("Bearer " + key)) {
            // As real ones do, it repeats the key: nothing of this may reach a log.
            refuse(call, 401, "Incorrect API key provided: " + authorization, Map.of());
        } else if (call.method().equals("GET") && call.path().equals("/v1/models")) {
            call.respond(200, "application/json", "{\"object\":\"list\",\"data\":[]}".getBytes(StandardCharsets.UTF_8));
        } else if (!call.method().equals("POST") || !call.path().equals(path)) {
            refuse(call, 404, "no such path", Map.of());
        } else {
            served.incrementAndGet();
            underWay.incrementAndGet();
            call.onOver(underWay::decrementAndGet);
            misbehave(call);
        }
    }

    private void misbehave(HttpCall call) {
        Optional<Fault> fault = faults.take();
        if (fault.orElse(null) instanceof Fault.Refuse refusal) {
            Map<String, String> headers = refusal.retryAfter()
                    .map(wait -> Map.of("Retry-After", Long.toString(wait.toSeconds())))
                    .orElse(Map.of());
            refuse(call, refusal.status(), "told to refuse, key " + key, headers);
        } else if (fault.orElse(null) instanceof Fault.Late late) {
            later(late.by(), () -> route.serve(call, fault));
        } else {
            route.serve(call, fault);
        }
    }

    void refuse(HttpCall call, int status, String why) {
        refuse(call, status, why, Map.of());
    }

    private void refuse(HttpCall call, int status, String why, Map<String, String> headers) {
        byte[] body = json.createObjectNode()
                .set("error", json.createObjectNode().put("message", why).put("type", "local"))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        call.respond(status, "application/json", body, headers);
    }

    private void later(Duration delay, Runnable action) {
        Alarm unused = time.schedule(delay, () -> Thread.ofVirtual().start(action));
    }

    /**
     * Writes the pieces of an answer that has begun, at a pace, and fails where it is told to.
     *
     * @param first from the arrival of the request to the first piece: the time that this server itself takes is part of it
     */
    void writeInPieces(HttpCall call, List<byte[]> pieces, Duration first, Duration pace, Optional<Fault> fault) {
        Duration wanted = fault.orElse(null) instanceof Fault.Late late ? first.plus(late.by()) : first;
        Duration left = wanted.minusNanos(time.nanoTime() - call.arrivedNanos());
        if (!left.isPositive()) {
            write(call, pieces, 0, pace, fault);
        } else {
            later(left, () -> write(call, pieces, 0, pace, fault));
        }
    }

    private void write(HttpCall call, List<byte[]> pieces, int from, Duration pace, Optional<Fault> fault) {
        for (int i = from; !call.isOver(); i++) {
            if (fault.isPresent() && failed(call, pieces, i, fault.get())) {
                return;
            }
            if (i == pieces.size()) {
                call.end();
                return;
            }
            call.write(pieces.get(i));
            if (!pace.isZero()) {
                int next = i + 1;
                later(pace, () -> write(call, pieces, next, pace, fault));
                return;
            }
        }
    }

    private static boolean failed(HttpCall call, List<byte[]> pieces, int written, Fault fault) {
        return switch (fault) {
            case Fault.StallAfter stall -> written == stall.pieces();
            case Fault.CutAfter cut -> {
                if (written != cut.pieces()) {
                    yield false;
                }
                byte[] next = written < pieces.size() ? pieces.get(written) : new byte[0];
                call.cut(Arrays.copyOf(next, next.length / 2));
                yield true;
            }
            case Fault.GarbageAfter garbage -> {
                if (written != garbage.pieces()) {
                    yield false;
                }
                call.write("data: ".getBytes(StandardCharsets.UTF_8));
                call.write(GARBAGE);
                call.end();
                yield true;
            }
            default -> false;
        };
    }

    @Override
    public void close() {
        server.close();
    }
}
