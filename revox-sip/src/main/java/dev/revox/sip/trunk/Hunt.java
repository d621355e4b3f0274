package dev.revox.sip.trunk;

import dev.revox.attempt.DialError;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.line.SipFailure;
import dev.revox.phone.PhoneNumber;
import dev.revox.sip.failure.DialVerdict;
import dev.revox.sip.failure.LocalFailure;
import dev.revox.sip.failure.RetryClass;
import dev.revox.sip.location.Target;
import dev.revox.sip.route.Routes;
import dev.revox.sip.sdp.NegotiatedMedia;
import dev.revox.sip.signaling.live.CallControl;
import dev.revox.sip.signaling.session.CallObserver;
import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * One attempt to reach a number: trunk after trunk and target after target until one takes the call or refuses it for good.
 *
 * <p>The next target is tried when one cannot be reached, does not answer at all, or says 503. The next trunk is tried after the last
 * target, and when a trunk says that it has no way to the number, no capacity, or wants something we have not. Once anybody's
 * telephone rings there is no second try. The ring timeout is that of the attempt, not of each try. The other side of this is
 * {@code RFC 3263 §4.3}; what the trunks said is told by the last one that said anything.
 *
 * <p>It takes the leg's commands for the whole attempt and hands them to the call that is under way: between two tries there is none, and
 * a hang-up must not be lost there.
 *
 * <p><b>Thread:</b> commands are Thread-safe; the rest is confined to the leg's mailbox.
 */
public final class Hunt implements CallObserver, CallControl {

    /** Makes one try. <b>Thread:</b> called in the mailbox. */
    @FunctionalInterface
    public interface Dialler {

        /**
         * Gets what calls by this trunk need before any of them.
         *
         * @param then to be run once, on any thread, within some seconds
         */
        default void prepare(Trunk trunk, Runnable then) {
            then.run();
        }

        /** Sends an INVITE to a target; what becomes of it is told to the observer. @return the call that this began */
        CallControl dial(Trunk trunk, Target target, Duration ringTimeout, CallObserver observer);
    }

    private static final System.Logger LOG = System.getLogger("dev.revox.sip.trunk");

    private record Refused(DialVerdict verdict, SipFailure raw) {}

    private final Routes routes;
    private final Executor mailbox;
    private final TimeSource time;
    private final Dialler dialler;
    private final CallObserver observer;
    private final Duration ringTimeout;
    private final long ringEndNanos;
    private final Queue<Trunk> trunks;
    private final Queue<Target> targets = new ArrayDeque<>();
    private Optional<Trunk> trunk = Optional.empty();
    private Optional<Trunk> held = Optional.empty();
    private Optional<Refused> refused = Optional.empty();
    private volatile Optional<CallControl> current = Optional.empty();
    private volatile boolean hungUp;
    private int tries;
    private Alarm ringAlarm = () -> {};
    private boolean rang;
    private boolean over;

    private Hunt(
            Routes routes,
            Executor mailbox,
            TimeSource time,
            Dialler dialler,
            CallObserver observer,
            Duration ringTimeout,
            List<Trunk> order) {
        this.routes = routes;
        this.mailbox = mailbox;
        this.time = time;
        this.dialler = dialler;
        this.observer = observer;
        this.ringTimeout = ringTimeout;
        this.ringEndNanos = time.nanoTime() + ringTimeout.toNanos();
        this.trunks = new ArrayDeque<>(order);
    }

    /** Nothing happens before {@link #begin}. */
    public static Hunt of(
            List<Trunk> trunks,
            RandomGenerator random,
            Routes routes,
            Executor mailbox,
            TimeSource time,
            Duration ringTimeout,
            Dialler dialler,
            CallObserver observer) {
        return new Hunt(routes, mailbox, time, dialler, observer, ringTimeout, TrunkOrder.of(trunks, random));
    }

    /** Begins, and ends at the ring timeout at the latest, also while a name is looked up by somebody who never answers. */
    public void begin() {
        ringAlarm = time.schedule(ringTimeout, () -> mailbox.execute(this::tooLate));
        mailbox.execute(this::nextTrunk);
    }

    // A call that is under way has an alarm of its own for the same moment.
    private void tooLate() {
        if (!over && current.isEmpty()) {
            end();
        }
    }

    @Override
    public void answer() {
        // A call of ours is answered by the other side.
    }

    @Override
    public void hangUp(LegEnd cause) {
        hungUp = true;
        mailbox.execute(() -> current.ifPresentOrElse(call -> call.hangUp(cause), this::cancelled));
    }

    @Override
    public void abandon() {
        hungUp = true;
        current.ifPresentOrElse(CallControl::abandon, () -> mailbox.execute(this::cancelled));
    }

    private void cancelled() {
        if (!over) {
            over();
            LocalFailure why = LocalFailure.CANCELLED;
            observer.failed(DialVerdict.of(why), SipFailure.local(why.phrase(), trunkName()));
        }
    }

    @Override
    public void hold(boolean wanted) {
        current.ifPresent(call -> call.hold(wanted));
    }

    @Override
    public void transfer(PhoneNumber to) {
        current.ifPresent(call -> call.transfer(to));
    }

    @Override
    public void transferTo(CallControl consultation) {
        current.ifPresent(call -> call.transferTo(consultation));
    }

    @Override
    public boolean sendDigits(String digits) {
        return current.map(call -> call.sendDigits(digits)).orElse(false);
    }

    @Override
    public void takeoverUri(Consumer<Optional<String>> to) {
        current.ifPresentOrElse(call -> call.takeoverUri(to), () -> mailbox.execute(() -> to.accept(Optional.empty())));
    }

    private String trunkName() {
        return trunk.map(t -> t.plan().name()).orElse("");
    }

    private void nextTrunk() {
        if (hungUp) {
            cancelled();
        }
        if (over) {
            return;
        }
        leaveTrunk();
        Trunk next = trunks.poll();
        if (next == null) {
            end();
            return;
        }
        trunk = Optional.of(next);
        if (!next.channels().take()) {
            tooMany("the trunk carries no more calls, or not so soon");
            return;
        }
        held = trunk;
        if (!next.pace().mayCall()) {
            tooMany("the trunk asked for fewer calls per second");
            return;
        }
        routes.locate(next.plan().entrance(), found -> mailbox.execute(() -> located(found)));
    }

    private void tooMany(String why) {
        note(new DialVerdict(DialError.TOO_MANY_CALLS, RetryClass.RETRY_UNCOUNTED), SipFailure.local(why, trunkName()));
        nextTrunk();
    }

    private void leaveTrunk() {
        held.ifPresent(left -> left.channels().giveBack());
        held = Optional.empty();
    }

    private void located(List<Target> found) {
        targets.clear();
        targets.addAll(routes.health().worthTrying(found));
        if (found.isEmpty()) {
            note(
                    DialVerdict.of(LocalFailure.TRANSPORT),
                    SipFailure.local("the trunk's name has no address", trunkName()));
            nextTarget();
        } else {
            dialler.prepare(trunk.orElseThrow(), () -> mailbox.execute(this::nextTarget));
        }
    }

    private void nextTarget() {
        if (hungUp) {
            cancelled();
        }
        if (over) {
            return;
        }
        Target next = targets.poll();
        if (next == null) {
            nextTrunk();
            return;
        }
        Duration left = Duration.ofNanos(ringEndNanos - time.nanoTime());
        if (left.isNegative() || left.isZero()) {
            end();
            return;
        }
        int mine = ++tries;
        try {
            CallControl call = dialler.dial(trunk.orElseThrow(), next, left, this);
            if (tries == mine) {
                current = Optional.of(call);
            }
        } catch (RuntimeException e) {
            // The host's dial plan, mostly. Its message may hold the number, so only its kind is told.
            LOG.log(
                    System.Logger.Level.ERROR,
                    () -> "trunk " + trunkName() + " cannot be dialled: "
                            + e.getClass().getName());
            note(
                    DialVerdict.of(LocalFailure.INTERNAL),
                    SipFailure.local("the trunk's settings do not fit this number", trunkName()));
            nextTrunk();
        }
    }

    // What a trunk said tells more than that another could not be reached.
    private void note(DialVerdict verdict, SipFailure raw) {
        boolean tellsMore = refused.isEmpty()
                || raw.sipStatus().isPresent()
                || refused.get().raw().sipStatus().isEmpty();
        if (tellsMore) {
            refused = Optional.of(new Refused(verdict, raw));
        }
    }

    private void over() {
        over = true;
        ringAlarm.cancel();
        leaveTrunk();
    }

    private void end() {
        over();
        Refused last = refused.orElseGet(() -> new Refused(
                DialVerdict.of(LocalFailure.NO_RESPONSE),
                SipFailure.local(LocalFailure.NO_RESPONSE.phrase(), trunkName())));
        observer.failed(last.verdict(), last.raw());
    }

    @Override
    public void failed(DialVerdict verdict, SipFailure raw) {
        current = Optional.empty();
        tries++;
        if (over) {
            return;
        }
        int status = raw.sipStatus().orElse(0);
        trunk.ifPresent(tried -> {
            boolean nowhere = status == 503 && targets.isEmpty();
            if (nowhere || verdict.error() == DialError.TOO_MANY_CALLS) {
                tried.pace().complained();
            }
            if (status != 0) {
                tried.heard();
            }
        });
        note(verdict, raw);
        if (rang || hungUp || verdict.equals(DialVerdict.of(LocalFailure.CANCELLED))) {
            refused = Optional.of(new Refused(verdict, raw));
            end();
        } else if (status == 503 || (status == 0 && unreached(verdict, raw))) {
            nextTarget();
        } else if (verdict.error() == DialError.TOO_MANY_CALLS || verdict.retry() == RetryClass.NEXT_TRUNK_THEN_FINAL) {
            nextTrunk();
        } else {
            end();
        }
    }

    private static boolean unreached(DialVerdict verdict, SipFailure raw) {
        String phrase = raw.reasonPhrase().orElse("");
        return verdict.equals(DialVerdict.of(LocalFailure.TRANSPORT))
                && (phrase.equals(LocalFailure.TRANSPORT.phrase()) || phrase.equals(LocalFailure.NO_RESPONSE.phrase()));
    }

    @Override
    public void ringing(int status) {
        rang = true;
        observer.ringing(status);
    }

    @Override
    public void earlyMedia(NegotiatedMedia media) {
        rang = true;
        observer.earlyMedia(media);
    }

    @Override
    public void mediaAgreed(NegotiatedMedia media) {
        rang = true;
        observer.mediaAgreed(media);
    }

    @Override
    public void answered(NegotiatedMedia media) {
        rang = true;
        ringAlarm.cancel();
        observer.answered(media);
    }

    @Override
    public void changed(LegEvent event) {
        observer.changed(event);
    }

    @Override
    public void ended(LegEnd cause, Optional<String> reason) {
        over();
        observer.ended(cause, reason);
    }
}
