package dev.revox.sip.signaling.transaction;

import dev.revox.sip.signaling.ServerTransaction;
import dev.revox.sip.signaling.SipReply;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * All requests of a line that were let in, from their arrival until they cannot come again.
 *
 * <p>A request by datagrams is remembered for 64*T1 with the bytes that answered it. An INVITE that was answered with a 2xx is forgotten
 * at once: its 2xx is repeated by the call (RFC 3261 §13.3.1.4), which also knows what to say when the INVITE comes again.
 *
 * <p><b>Thread:</b> Thread-safe. <b>Spec:</b> RFC 3261 §17.2.
 */
public final class ServerTransactions {

    private static final System.Logger LOG = System.getLogger("dev.revox.sip.signaling.transaction");

    /** An INVITE that nobody has answered by then has been given up by everybody. */
    private static final Duration LONGEST_INVITE = Duration.ofMinutes(10);

    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);
    private static final Duration UNTIL_TRYING = Duration.ofMillis(200);

    private final TimeSource time;
    private final Duration t1;
    private final IntFunction<String> phrases;
    private final Map<String, AnsweredRequest> requests = new ConcurrentHashMap<>();
    private final EqualWaits<AnsweredRequest> untilTrying;
    private final EqualWaits<AnsweredRequest> untilForgotten;
    private final EqualWaits<ServerTransactions> untilSwept;

    /**
     * Empty.
     *
     * @param t1 what all timers are multiples of
     * @param phrases the usual reason phrase of a status
     */
    public ServerTransactions(TimeSource time, Duration t1, IntFunction<String> phrases) {
        this.time = time;
        this.t1 = t1;
        this.phrases = phrases;
        this.untilTrying = new EqualWaits<>(time, UNTIL_TRYING, AnsweredRequest::trying);
        this.untilForgotten = new EqualWaits<>(time, t1.multipliedBy(64), this::forget);
        this.untilSwept = new EqualWaits<>(time, BETWEEN_SWEEPS, ServerTransactions::sweep);
        untilSwept.add(this);
    }

    /** Says again what was said to a request that has come before; false when it is new. */
    public boolean repeated(String id) {
        AnsweredRequest known = requests.get(id);
        if (known != null) {
            known.again();
        }
        return known != null;
    }

    /** Takes an ACK to a refusal (RFC 3261 §17.2.1), which has the branch of its INVITE; false when it is none. */
    public boolean acknowledged(String inviteId) {
        AnsweredRequest refused = requests.get(inviteId);
        return refused != null && refused.acknowledged();
    }

    /**
     * Begins.
     *
     * @return empty when the same request is being taken by another thread
     */
    public Optional<ServerTransaction> begin(String id, boolean invite, Echo echo, ReplyWay way) {
        AnsweredRequest begun = new AnsweredRequest(this, id, invite, echo, way);
        if (requests.putIfAbsent(id, begun) != null) {
            return Optional.empty();
        }
        trace(() -> begun.method() + " is taken");
        if (invite) {
            untilTrying.add(begun);
        } else if (!way.reliable()) {
            untilForgotten.add(begun);
        }
        return Optional.of(begun);
    }

    /** Answers without remembering it; the same request would be answered anew. */
    public void answerOnce(Echo echo, ReplyWay way, SipReply reply, Optional<String> phrase) {
        way.send(echo.encode(reply, phrase.orElseGet(() -> phrases.apply(reply.status()))));
    }

    byte[] encoded(Echo echo, SipReply reply) {
        return echo.encode(reply, phrases.apply(reply.status()));
    }

    private void sweep() {
        long now = time.nanoTime();
        for (AnsweredRequest each : requests.values()) {
            if (each.open() && now - each.begunNanos() > LONGEST_INVITE.toNanos()) {
                forget(each);
            }
        }
        untilSwept.add(this);
    }

    /** For whoever follows a call through the log: methods and states, nothing else of the messages. */
    static void trace(Supplier<String> what) {
        LOG.log(System.Logger.Level.TRACE, what);
    }

    void forget(AnsweredRequest over) {
        boolean unused = requests.remove(over.id(), over);
        over.stop();
    }

    void forgetLater(AnsweredRequest over) {
        untilForgotten.add(over);
    }

    TimeSource time() {
        return time;
    }

    Duration t1() {
        return t1;
    }

    /** Requests that are remembered. */
    public int size() {
        return requests.size();
    }

    /** Forgets all. */
    public void close() {
        untilTrying.close();
        untilForgotten.close();
        untilSwept.close();
        requests.values().forEach(AnsweredRequest::stop);
        requests.clear();
    }
}
