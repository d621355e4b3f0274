package dev.revox.testkit.sim.check;

import dev.revox.line.LineLimits;
import dev.revox.order.TenantKey;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of calls, checked where the telephones are: on the callee's side, in true time.
 *
 * <p>A lost call keeps its slots until a wall-clock instant. A node whose clock is ahead of the clock of the node that was lost
 * comes to that instant too early, and nobody can know; only such overlaps are excused.
 *
 * <p><b>Thread:</b> Confined to the thread that drives the world.
 */
public final class CallChecks {
    /** The engine promises a minute; what is posted takes its turn. */
    private static final Duration LATEST_INVITE = Duration.ofSeconds(61);

    private static final Duration PACE_OVER = Duration.ofSeconds(10);

    private final Journal journal;
    private final RowChecks rows;
    private final LineLimits limits;
    private final int callsPerNode;
    private final int nodes;
    private final Set<ObservedCall> live = new LinkedHashSet<>();
    private final Set<String> invited = new HashSet<>();
    private final Deque<Instant> recent = new ArrayDeque<>();
    private long invites;
    private int mostAtOnce;

    public CallChecks(Journal journal, RowChecks rows, LineLimits limits, int callsPerNode, int nodes) {
        this.journal = journal;
        this.rows = rows;
        this.limits = limits;
        this.callsPerNode = callsPerNode;
        this.nodes = nodes;
    }

    /** An INVITE has arrived. */
    public void invited(ObservedCall call) {
        journal.note(call.order(), call.node() + ": INVITE of attempt " + call.attempt());
        invites++;
        if (!invited.add(call.attempt())) {
            broken(Promise.ONE_INVITE_PER_ATTEMPT, call, "a second INVITE of attempt " + call.attempt());
        }
        row(call);
        List<ObservedCall> others =
                live.stream().filter(other -> !excused(other, call)).toList();
        others.stream()
                .filter(other -> other.order().equals(call.order()))
                .forEach(other -> broken(
                        Promise.ONE_CALL_AT_A_TIME,
                        call,
                        "attempt " + other.attempt() + " of " + other.invitedAt() + " by " + other.node()
                                + " is not over yet"));
        key(call, others);
        if (limits.maxCalls() > 0 && others.size() >= limits.maxCalls()) {
            broken(Promise.LINE_CAPACITY, call, others.size() + " calls are up on a line of " + limits.maxCalls());
        }
        long ofNode =
                live.stream().filter(other -> other.node().equals(call.node())).count();
        if (ofNode >= callsPerNode) {
            broken(Promise.NODE_CAPACITY, call, ofNode + " calls are up at a node for " + callsPerNode);
        }
        pace(call);
        live.add(call);
        mostAtOnce = Math.max(mostAtOnce, live.size());
    }

    private void row(ObservedCall call) {
        Optional<StoredAttempt> row = rows.attempt(call.order(), call.attempt());
        if (row.isEmpty()) {
            broken(Promise.ROW_BEFORE_INVITE, call, "attempt " + call.attempt() + " has no row");
            return;
        }
        Instant begun = row.get().attempt().startedAt().orElse(Instant.MIN);
        Duration late = Duration.between(begun, call.invitedAt().plus(call.skew()));
        // A clock that was set between the row and the INVITE shows as a difference of about an hour.
        boolean clockWasSet = late.abs().compareTo(Duration.ofMinutes(50)) > 0;
        if (!clockWasSet) {
            window(call);
        }
        if (!clockWasSet && late.compareTo(LATEST_INVITE) > 0) {
            broken(Promise.ROW_BEFORE_INVITE, call, "the INVITE leaves " + late + " after its row");
        }
    }

    /** In true time, by a node whose clock is right: the INVITE may be late by as much as it may be late at all. */
    private void window(ObservedCall call) {
        if (call.skew().isZero()
                && !rows.mayRing(call.order(), call.invitedAt())
                && !rows.mayRing(call.order(), call.invitedAt().minus(LATEST_INVITE))) {
            broken(Promise.WITHIN_WINDOW, call, "a telephone rings outside of its window");
        }
    }

    private static boolean excused(ObservedCall earlier, ObservedCall later) {
        return later.skew().compareTo(earlier.skew()) > 0;
    }

    private void key(ObservedCall call, List<ObservedCall> others) {
        Optional<StoredOrder> row = rows.row(call.order());
        Optional<TenantKey> key = row.flatMap(QueueBook::key);
        if (key.isEmpty()) {
            return;
        }
        long ofKey = others.stream()
                .filter(other -> rows.row(other.order()).flatMap(QueueBook::key).equals(key))
                .count();
        int max = row.get().order().concurrency().orElseThrow().max();
        if (ofKey >= max) {
            broken(Promise.KEY_LIMIT, call, ofKey + " calls of the key are up, and " + max + " may be");
        }
    }

    /** Each node may be late with one INVITE; over a while the pace holds. */
    private void pace(ObservedCall call) {
        if (limits.spacing().isZero()) {
            return;
        }
        recent.addLast(call.invitedAt());
        while (recent.getFirst().plus(PACE_OVER).isBefore(call.invitedAt())) {
            recent.removeFirst();
        }
        long most = PACE_OVER.dividedBy(limits.spacing()) + 1 + nodes;
        if (recent.size() > most) {
            broken(
                    Promise.LINE_PACE,
                    call,
                    recent.size() + " INVITEs within " + PACE_OVER + ", and " + most + " may be");
        }
    }

    /** The call is over for the callee. */
    public void over(ObservedCall call, Instant at, String how) {
        if (live.remove(call)) {
            call.over(at);
            journal.note(call.order(), "over at the callee's side, attempt " + call.attempt() + ": " + how);
        }
    }

    /** Calls that are up, or ring, at somebody's telephone. */
    public int live() {
        return live.size();
    }

    public long invites() {
        return invites;
    }

    public int mostAtOnce() {
        return mostAtOnce;
    }

    private void broken(Promise promise, ObservedCall call, String what) {
        journal.broken(promise, call.order(), what + ", node " + call.node());
    }
}
