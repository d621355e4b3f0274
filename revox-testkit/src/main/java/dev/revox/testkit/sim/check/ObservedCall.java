package dev.revox.testkit.sim.check;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A call as the callee's side knows it.
 *
 * <p><b>Thread:</b> Confined to the thread that drives the world.
 */
public final class ObservedCall {
    private final String order;
    private final String attempt;
    private final String node;
    private final String number;
    private final Instant invitedAt;
    private final Duration skew;
    private Optional<Instant> overAt = Optional.empty();

    /**
     * A call whose INVITE has just arrived.
     *
     * @param node the life of the node that sent it
     * @param invitedAt true time of the world
     * @param skew how far the node's wall clock was ahead of it
     */
    public ObservedCall(String order, String attempt, String node, String number, Instant invitedAt, Duration skew) {
        this.order = order;
        this.attempt = attempt;
        this.node = node;
        this.number = number;
        this.invitedAt = invitedAt;
        this.skew = skew;
    }

    public String order() {
        return order;
    }

    public String attempt() {
        return attempt;
    }

    public String node() {
        return node;
    }

    public String number() {
        return number;
    }

    public Instant invitedAt() {
        return invitedAt;
    }

    public Duration skew() {
        return skew;
    }

    public Optional<Instant> overAt() {
        return overAt;
    }

    void over(Instant at) {
        overAt = Optional.of(at);
    }
}
