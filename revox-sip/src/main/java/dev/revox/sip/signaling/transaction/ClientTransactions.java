package dev.revox.sip.signaling.transaction;

import dev.revox.sip.location.Target;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.ResponseSink;
import dev.revox.sip.signaling.SipRequest;
import dev.revox.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * All requests of a line's own that wait for a response.
 *
 * <p>By datagrams a request is repeated until there is one. Who waits is told each response once, and the end of the wait when none comes in
 * 64*T1. An INVITE that rings is waited for as long as its call wants, ten minutes at most.
 *
 * <p><b>Thread:</b> Thread-safe; sinks are called on the thread that brings the response, or on the alarms'. <b>Spec:</b> RFC 3261 §17.1.
 */
public final class ClientTransactions {

    /** Hands bytes to a target's socket. <b>Thread:</b> Thread-safe; may block for as long as a connection takes. */
    @FunctionalInterface
    public interface Output {
        void send(Target target, byte[] message) throws IOException;
    }

    private static final System.Logger LOG = System.getLogger("dev.revox.sip.signaling.transaction");

    /** Longer than any ring timeout. */
    private static final Duration LONGEST_INVITE = Duration.ofMinutes(10);

    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);

    private final TimeSource time;
    private final Duration t1;
    private final Output output;
    private final Map<String, PendingRequest> pending = new ConcurrentHashMap<>();
    private final EqualWaits<PendingRequest> untilRepeated;
    private final EqualWaits<PendingRequest> untilTimeout;
    private final EqualWaits<ClientTransactions> untilSwept;

    /**
     * Empty.
     *
     * @param t1 what all timers are multiples of
     */
    public ClientTransactions(TimeSource time, Duration t1, Output output) {
        this.time = time;
        this.t1 = t1;
        this.output = output;
        this.untilRepeated = new EqualWaits<>(time, t1, PendingRequest::firstRepeat);
        this.untilTimeout = new EqualWaits<>(time, t1.multipliedBy(64), PendingRequest::longEnough);
        this.untilSwept = new EqualWaits<>(time, BETWEEN_SWEEPS, ClientTransactions::sweep);
        untilSwept.add(this);
    }

    /**
     * Sends, and waits.
     *
     * @param request as it goes over the wire
     * @param sink told everything, also when the request cannot be sent
     */
    public void begin(SipRequest request, byte[] message, Target target, ResponseSink sink) {
        String key = key(request.method(), request.branch());
        PendingRequest begun = new PendingRequest(this, key, request, message, target, sink);
        pending.put(key, begun);
        trace(() -> key + " is sent over " + target.transport());
        untilTimeout.add(begun);
        if (!target.transport().connected()) {
            untilRepeated.add(begun);
        }
        try {
            output.send(target, message);
        } catch (IOException | RuntimeException e) {
            if (forget(begun)) {
                sink.onTransportError();
            }
        }
    }

    /** Takes a response; false when nobody waits for it. */
    public boolean onResponse(IncomingResponse response) {
        PendingRequest waiting =
                pending.get(key(response.frame().method(), response.frame().branch()));
        if (waiting == null) {
            return false;
        }
        waiting.onResponse(response);
        return true;
    }

    /**
     * Requests that went by a connection that is gone, and had no answer at all, failed. The others' answers may still come by a
     * new one (RFC 3261 §18.2.2).
     */
    public void connectionLost(Predicate<Target> lost) {
        for (PendingRequest each : List.copyOf(pending.values())) {
            if (lost.test(each.target())) {
                Optional<ResponseSink> sink = each.failUnanswered();
                if (sink.isPresent() && forget(each)) {
                    sink.get().onTransportError();
                }
            }
        }
    }

    /** For whoever follows a call through the log: methods, branches and states, nothing else of the messages. */
    static void trace(Supplier<String> what) {
        LOG.log(System.Logger.Level.TRACE, what);
    }

    // A CANCEL has the branch of its INVITE (RFC 3261 §9.1).
    private static String key(String method, String branch) {
        return method + ' ' + branch.toLowerCase(Locale.ROOT);
    }

    boolean forget(PendingRequest over) {
        boolean was = pending.remove(over.key(), over);
        over.release();
        return was;
    }

    void waitAgain(PendingRequest refused) {
        untilTimeout.add(refused);
    }

    void send(Target target, byte[] message) {
        try {
            output.send(target, message);
        } catch (IOException | RuntimeException lost) {
            // It is repeated, or the wait for an answer ends.
            trace(() -> "not sent: " + lost.getClass().getName());
        }
    }

    private void sweep() {
        long now = time.nanoTime();
        for (PendingRequest each : List.copyOf(pending.values())) {
            if (now - each.begunNanos() > LONGEST_INVITE.toNanos()) {
                boolean unused = forget(each);
            }
        }
        untilSwept.add(this);
    }

    TimeSource time() {
        return time;
    }

    Duration t1() {
        return t1;
    }

    /** Requests that are waited for, and refused INVITEs whose refusal may come again. */
    public int size() {
        return pending.size();
    }

    /** Waits for nothing any more; nobody is told. */
    public void close() {
        untilRepeated.close();
        untilTimeout.close();
        untilSwept.close();
        List.copyOf(pending.values()).forEach(this::forget);
    }
}
