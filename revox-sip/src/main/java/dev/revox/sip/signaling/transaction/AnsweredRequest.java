package dev.revox.sip.signaling.transaction;

import dev.revox.sip.signaling.ServerTransaction;
import dev.revox.sip.signaling.SipReply;
import dev.revox.time.Alarm;
import java.time.Duration;
import java.util.Optional;

/**
 * One request and its answer.
 *
 * <p>OPEN until a final response. An INVITE that was refused is then REFUSED, and its refusal is repeated from T1 on, doubling up to T2,
 * until the ACK; everything else is CLOSED and only says again what it said.
 *
 * <p><b>Thread:</b> Thread-safe; nothing is sent under its lock. <b>Spec:</b> RFC 3261 §17.2.1, §17.2.2.
 */
final class AnsweredRequest implements ServerTransaction {

    private enum State {
        OPEN,
        REFUSED,
        CLOSED
    }

    private static final int T2_PER_T1 = 8;

    private final ServerTransactions owner;
    private final String id;
    private final boolean invite;
    private final ReplyWay way;
    private final long begunNanos;
    private State state = State.OPEN;
    /** Empty when nothing but the bytes that were sent can be wanted any more: they are kept for 64*T1, so little else should be. */
    private Optional<Echo> echo;

    private boolean acknowledged;
    private Optional<SipReply> said = Optional.empty();
    private Optional<byte[]> bytes = Optional.empty();
    private Alarm repetition = () -> {};

    AnsweredRequest(ServerTransactions owner, String id, boolean invite, Echo echo, ReplyWay way) {
        this.owner = owner;
        this.id = id;
        this.invite = invite;
        this.echo = Optional.of(echo);
        this.way = way;
        this.begunNanos = owner.time().nanoTime();
    }

    String id() {
        return id;
    }

    String method() {
        return id.split(" ", 2)[0];
    }

    long begunNanos() {
        return begunNanos;
    }

    /** Without a final response. */
    synchronized boolean open() {
        return state == State.OPEN;
    }

    @Override
    public void reply(SipReply reply) {
        say(reply, false);
    }

    private void say(SipReply reply, boolean onlyFirst) {
        Optional<Echo> known;
        synchronized (this) {
            known = echo;
        }
        if (known.isEmpty()) {
            return;
        }
        byte[] response = owner.encoded(known.get(), reply);
        synchronized (this) {
            if (state != State.OPEN || (onlyFirst && bytes.isPresent())) {
                return; // RFC 3261 §17.2.2: a second final response is thrown away
            }
            said = Optional.of(reply);
            bytes = Optional.of(response);
            if (reply.status() >= 200) {
                close(reply.status());
            }
        }
        ServerTransactions.trace(() -> method() + " is answered " + reply.status());
        way.send(response);
    }

    private void close(int status) {
        boolean refused = invite && status >= 300;
        state = refused ? State.REFUSED : State.CLOSED;
        if (refused) {
            owner.forgetLater(this);
            if (!way.reliable()) {
                repeatAfter(owner.t1());
            }
        } else if (invite || way.reliable()) {
            owner.forget(this);
        } else {
            echo = Optional.empty();
            said = Optional.empty();
        }
    }

    private void repeatAfter(Duration pause) {
        repetition = owner.time().schedule(pause, () -> {
            if (stillRefused()) {
                again();
                Duration longest = owner.t1().multipliedBy(T2_PER_T1);
                Duration next = pause.multipliedBy(2);
                synchronized (this) {
                    if (state == State.REFUSED) {
                        repeatAfter(next.compareTo(longest) < 0 ? next : longest);
                    }
                }
            }
        });
    }

    private synchronized boolean stillRefused() {
        return state == State.REFUSED;
    }

    @Override
    public void repeat(SipReply reply) {
        encodedAgain(reply).ifPresent(way::send);
    }

    private Optional<byte[]> encodedAgain(SipReply reply) {
        Optional<Echo> known;
        synchronized (this) {
            if (said.equals(Optional.of(reply))) {
                return bytes;
            }
            known = echo;
        }
        return known.map(its -> owner.encoded(its, reply));
    }

    /** The request came again. */
    void again() {
        Optional<byte[]> response;
        synchronized (this) {
            response = acknowledged ? Optional.empty() : bytes;
        }
        response.ifPresent(way::send);
    }

    /** RFC 3261 §17.2.1: who has nothing to say within 200 ms says 100, so that the caller stops repeating. */
    void trying() {
        boolean silent;
        synchronized (this) {
            silent = state == State.OPEN && bytes.isEmpty();
        }
        if (silent) {
            say(SipReply.of(100), true);
        }
    }

    /** The ACK to a refusal; false when there was none. */
    synchronized boolean acknowledged() {
        if (state == State.REFUSED) {
            acknowledged = true;
            state = State.CLOSED;
            repetition.cancel();
        }
        return acknowledged;
    }

    synchronized void stop() {
        state = State.CLOSED;
        repetition.cancel();
    }
}
