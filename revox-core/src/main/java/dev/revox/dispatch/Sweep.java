package dev.revox.dispatch;

import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.cluster.NodeKeeper;
import dev.revox.cluster.NodeWatcher;
import dev.revox.dispatch.desk.DeskParts;
import dev.revox.dispatch.desk.DispatchSettings;
import dev.revox.dispatch.desk.LostAttempts;
import dev.revox.dispatch.desk.OrderBook;
import dev.revox.dispatch.live.LiveCall;
import dev.revox.dispatch.live.LiveCalls;
import dev.revox.order.OrderKey;
import dev.revox.store.OwnedAttempt;
import dev.revox.store.node.NodeId;
import dev.revox.time.Alarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What makes up for everything that can get lost: jobs, engines, commits whose outcome nobody learnt. The rows are the truth, and
 * this goes through those that should have moved on by themselves.
 *
 * <p><b>Thread:</b> Confined to the desk, but for {@link #start}, {@link #stop} and what the keeper calls.
 */
final class Sweep implements NodeWatcher {
    private static final System.Logger LOG = System.getLogger("dev.revox.dispatch");
    private static final int MOST_AT_ONCE = 500;
    private static final int MOST_ORPHANS = 20_000;
    private static final int PAGE = 1500;

    /** Jobs and reports come by themselves within this time. */
    private static final Duration JOB_GRACE = Duration.ofSeconds(5);

    private static final Duration SECOND_SWEEP = JOB_GRACE.plusSeconds(1);

    private final DeskParts parts;
    private final OrderBook book;
    private final Dialling dialling;
    private final LiveCalls live;
    private final AnalysisDesk analyses;
    private final Runnable afterwards;
    private final LostAttempts lostAttempts;
    private final Set<OwnedAttempt> closing = new HashSet<>();
    private Set<OwnedAttempt> suspects = new HashSet<>();
    private boolean swept;
    private volatile Alarm nextSweep = () -> {};
    private volatile Alarm nextPull = () -> {};

    /** @param afterwards runs after each sweep */
    Sweep(
            DeskParts parts,
            OrderBook book,
            Dialling dialling,
            LiveCalls live,
            AnalysisDesk analyses,
            LostAttempts lostAttempts,
            Runnable afterwards) {
        this.parts = parts;
        this.book = book;
        this.dialling = dialling;
        this.live = live;
        this.analyses = analyses;
        this.lostAttempts = lostAttempts;
        this.afterwards = afterwards;
    }

    void start(NodeKeeper keeper) {
        parts.desk().post("sweep", () -> sweep(keeper));
        parts.desk().post("pull", () -> pull(keeper));
    }

    void stop() {
        nextSweep.cancel();
        nextPull.cancel();
    }

    @Override
    public void struckOff(NodeId self) {
        parts.desk().post("struck off", () -> {
            for (LiveCall call : live.all()) {
                if (call.owner().equals(Optional.of(self))) {
                    call.session().stop(EndedBy.SYSTEM, EndReason.ENGINE_LOST);
                }
            }
        });
    }

    @Override
    public void ownersGone() {
        parts.desk().post("a search for attempts without an owner", this::closeOrphans);
    }

    /** What other engines, or calls through them, have left to do. */
    private void pull(NodeKeeper keeper) {
        if (parts.stopping()) {
            return;
        }
        nextPull = parts.desk().postIn(parts.settings().pullEvery(), "pull", () -> pull(keeper));
        quietly("a look at the queue", dialling::pull);
        quietly("a look at cancelled calls", () -> keeper.self().ifPresent(this::stopCancelled));
    }

    private void stopCancelled(NodeId self) {
        if (live.size() == 0) {
            return;
        }
        for (OwnedAttempt attempt : book.store().cancelled(self)) {
            live.find(attempt.order())
                    .filter(call -> call.attemptId().equals(attempt.attemptId()))
                    .ifPresent(call -> call.session().stop(EndedBy.SYSTEM, EndReason.CANCELLED));
        }
    }

    private void sweep(NodeKeeper keeper) {
        if (parts.stopping()) {
            return;
        }
        Duration pause = parts.settings().sweepEvery();
        // What an engine had in hand when it was killed, right before this one started, is within the grace of the
        // first sweep.
        nextSweep = parts.desk()
                .postIn(
                        swept || pause.compareTo(SECOND_SWEEP) < 0 ? pause : SECOND_SWEEP,
                        "sweep",
                        () -> sweep(keeper));
        swept = true;
        quietly("a search for overdue orders", this::makeUpForLostJobs);
        quietly("a search for attempts without an owner", this::closeOrphans);
        quietly("a search for attempts without a call", () -> keeper.self().ifPresent(this::closeStrays));
        quietly("a search for missing reports", this::makeUpForLostReports);
        quietly("a look at waiting reports", afterwards);
    }

    private void makeUpForLostJobs() {
        List<OrderKey> overdue;
        Set<OrderKey> seen = new HashSet<>();
        do {
            overdue = book.store().overdue(book.now().minus(JOB_GRACE), MOST_AT_ONCE);
            overdue.forEach(dialling::consider);
            // Whoever is still overdue could not be helped now, and the next sweep comes.
        } while (overdue.size() == MOST_AT_ONCE && seen.addAll(overdue));
    }

    private void closeOrphans() {
        close(book.store().orphans(MOST_ORPHANS));
    }

    /** A page at a time, so that calls that are live need not wait for all of them. */
    private void close(Collection<OwnedAttempt> attempts) {
        List<OwnedAttempt> fresh = attempts.stream().filter(closing::add).toList();
        if (!fresh.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "closes " + fresh.size() + " attempts whose engine is gone, from attempt="
                            + fresh.getFirst().attemptId() + " on");
        }
        for (int from = 0; from < fresh.size(); from += PAGE) {
            List<OwnedAttempt> page = fresh.subList(from, Math.min(fresh.size(), from + PAGE));
            parts.desk().post("lost attempts", () -> closePage(page));
        }
    }

    private void closePage(List<OwnedAttempt> page) {
        List<OwnedAttempt> lost = new ArrayList<>();
        for (OwnedAttempt attempt : page) {
            Optional<LiveCall> held =
                    live.find(attempt.order()).filter(call -> call.attemptId().equals(attempt.attemptId()));
            if (held.isPresent()) {
                // Held here in a former life: it is hung up and its own end is told, before which nobody may tell
                // another.
                held.get().session().stop(EndedBy.SYSTEM, EndReason.ENGINE_LOST);
            } else {
                lost.add(attempt);
            }
        }
        List<OwnedAttempt> again;
        try {
            again = lostAttempts.close(lost);
        } finally {
            // Should this page be given up, the next sweep finds what is left of it.
            page.forEach(closing::remove);
        }
        close(again);
    }

    /**
     * Attempts that the store says are ours, and that we know nothing of: the commit of their row failed with an unknown outcome
     * and had come through. Seen twice, because a row is stored a moment before its call is known here.
     */
    private void closeStrays(NodeId self) {
        Set<OwnedAttempt> strays = new HashSet<>(book.store().held(self));
        live.all().forEach(call -> strays.remove(new OwnedAttempt(call.order(), call.attemptId(), self)));
        close(strays.stream().filter(suspects::contains).toList());
        suspects = strays;
    }

    private void makeUpForLostReports() {
        DispatchSettings settings = parts.settings();
        Duration patience = settings.analysisLimit().multipliedBy(settings.analysisTries() + 1L);
        for (OrderKey key : book.store().unreported(book.now().minus(patience), MOST_AT_ONCE)) {
            if (live.find(key).isEmpty()) {
                analyses.start(key);
            }
        }
        // Whoever still waits for an analysis is not told by this.
        book.store().unreported(book.now().minus(JOB_GRACE), MOST_AT_ONCE).forEach(parts::reportLater);
    }

    private static void quietly(String what, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.WARNING, () -> what + " failed; the next one comes", fault);
        }
    }
}
