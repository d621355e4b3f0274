package dev.revox.sip.signaling.transaction;

import dev.revox.sip.location.Target;
import dev.revox.sip.signaling.IncomingResponse;
import dev.revox.sip.signaling.ResponseSink;
import dev.revox.sip.signaling.SipHeader;
import dev.revox.sip.signaling.SipRequest;
import dev.revox.time.Alarm;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One request of ours and the wait for its response.
 *
 * <p>CALLING until anything comes, PROCEEDING until the final response. A refused INVITE gets its ACK and is then REFUSED for 64*T1, in which
 * each copy of the refusal gets its ACK again; everything else is over with the final response.
 *
 * <p><b>Thread:</b> Thread-safe; nothing is sent or told under its lock. <b>Spec:</b> RFC 3261 §17.1.1, §17.1.2.
 */
final class PendingRequest {

    private enum State {
        CALLING,
        PROCEEDING,
        REFUSED,
        OVER
    }

    /** What is let go of with the final response: the queues of waits know this request for longer. */
    private record Held(SipRequest request, ResponseSink sink) {}

    private static final int T2_PER_T1 = 8;

    private final ClientTransactions owner;
    private final String key;
    private final Target target;
    private final boolean invite;
    private final long begunNanos;
    private Optional<Held> held;
    private byte[] message;
    private State state = State.CALLING;
    private Alarm repetition = () -> {};

    PendingRequest(
            ClientTransactions owner,
            String key,
            SipRequest request,
            byte[] message,
            Target target,
            ResponseSink sink) {
        this.owner = owner;
        this.key = key;
        this.held = Optional.of(new Held(request, sink));
        this.message = message;
        this.target = target;
        this.invite = request.method().equals("INVITE");
        this.begunNanos = owner.time().nanoTime();
    }

    String key() {
        return key;
    }

    Target target() {
        return target;
    }

    long begunNanos() {
        return begunNanos;
    }

    /** It is over without a response, if there was none. @return who is to be told */
    synchronized Optional<ResponseSink> failUnanswered() {
        boolean unanswered = state == State.CALLING;
        Optional<ResponseSink> sink = unanswered ? held.map(Held::sink) : Optional.empty();
        if (unanswered) {
            release();
        }
        return sink;
    }

    synchronized void release() {
        state = State.OVER;
        held = Optional.empty();
        message = new byte[0];
        repetition.cancel();
    }

    /** T1 is over. */
    void firstRepeat() {
        repeat(owner.t1());
    }

    // Timer A doubles without a cap and ends with the first response; Timer E stops at T2, where it is after a
    // provisional one.
    private void repeat(Duration pause) {
        byte[] again;
        synchronized (this) {
            boolean wanted = state == State.CALLING || (state == State.PROCEEDING && !invite);
            if (!wanted || held.isEmpty()) {
                return;
            }
            again = message;
            Duration t2 = owner.t1().multipliedBy(T2_PER_T1);
            Duration twice = pause.multipliedBy(2);
            boolean capped = !invite && (state == State.PROCEEDING || twice.compareTo(t2) > 0);
            Duration next = capped ? t2 : twice;
            repetition = owner.time().schedule(next, () -> repeat(next));
        }
        ClientTransactions.trace(() -> key + " is sent again after " + pause.toMillis() + " ms");
        owner.send(target, again);
    }

    /** 64*T1 are over, since it was sent or since it was refused: Timers B, F and D. */
    void longEnough() {
        Optional<ResponseSink> late;
        synchronized (this) {
            if (state == State.OVER || (invite && state == State.PROCEEDING)) {
                return;
            }
            late = state == State.REFUSED ? Optional.empty() : held.map(Held::sink);
        }
        if (owner.forget(this)) {
            late.ifPresent(sink -> {
                ClientTransactions.trace(() -> key + " was not answered within 64*T1");
                sink.onTimeout();
            });
        }
    }

    void onResponse(IncomingResponse response) {
        boolean refusal = invite && !response.provisional() && !response.success();
        Held mine;
        boolean first;
        synchronized (this) {
            first = state == State.CALLING || state == State.PROCEEDING;
            boolean copy = state == State.REFUSED && refusal;
            if (held.isEmpty() || !sentBy(held.get().request(), response) || !(first || copy)) {
                return;
            }
            mine = held.get();
            if (first) {
                take(response, refusal);
            }
        }
        ClientTransactions.trace(() -> key + " is answered " + response.status());
        if (refusal) {
            owner.send(target, ack(mine.request(), response));
        }
        if (first) {
            mine.sink().onResponse(response);
        }
    }

    // What has another tag is no answer to this request, whatever its branch says.
    private static boolean sentBy(SipRequest request, IncomingResponse response) {
        return request.header("From")
                .orElse("")
                .endsWith(";tag=" + response.frame().fromTag());
    }

    private void take(IncomingResponse response, boolean refusal) {
        if (response.provisional()) {
            state = State.PROCEEDING;
            if (invite) {
                repetition.cancel();
            }
        } else if (refusal && !target.transport().connected()) {
            state = State.REFUSED;
            repetition.cancel();
            owner.waitAgain(this);
        } else {
            boolean unused = owner.forget(this);
        }
    }

    // RFC 3261 §17.1.1.3.
    private static byte[] ack(SipRequest request, IncomingResponse refusal) {
        List<SipHeader> headers = new ArrayList<>();
        for (SipHeader header : request.headers()) {
            switch (header.name()) {
                case "Via", "Max-Forwards", "Route", "From", "Call-ID" -> headers.add(header);
                case "To" -> headers.add(new SipHeader("To", refusal.frame().to()));
                case "CSeq" -> headers.add(new SipHeader("CSeq", request.cseq() + " ACK"));
                default -> {}
            }
        }
        return new SipRequest("ACK", request.uri(), request.branch(), request.cseq(), headers, Optional.empty())
                .encode()
                .getBytes(StandardCharsets.UTF_8);
    }
}
