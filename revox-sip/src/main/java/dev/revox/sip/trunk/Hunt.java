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
 * <p><b>Thread:</b> Confined to the leg's mailbox.
 */
public final class Hunt implements CallObserver, CallControl {

    /** Makes one try. <b>Thread:</b> called in the mailbox. */
    @FunctionalInterface
    public interface Dialler {

        /** Sends an INVITE to a target; what becomes of it is told to the observer. */
        void dial(Trunk trunk, Target target, Duration ringTimeout, CallObserver observer);
    }

    private record Refused(DialVerdict verdict, SipFailure raw) {}

    private final Routes routes;
    private final Executor mailbox;
    private final TimeSource time;
    private final Dialler dialler;
    private final CallObserver observer;
    private final long ringEndNanos;
    private final Queue<Trunk> trunks;
    private final Queue<Target> targets = new ArrayDeque<>();
    private Optional<Trunk> trunk = Optional.empty();
    private Optional<Refused> refused = Optional.empty();
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

    public void begin() {
        mailbox.execute(this::nextTrunk);
    }

    // As long as a name is looked up nobody is called yet: the call can only be given up.

    @Override
    public void answer() {}

    @Override
    public void hangUp(LegEnd cause) {
        giveUp();
    }

    @Override
    public void abandon() {
        giveUp();
    }

    @Override
    public void hold(boolean wanted) {}

    @Override
    public void transfer(PhoneNumber to) {}

    @Override
    public void transferTo(CallControl consultation) {}

    @Override
    public boolean sendDigits(String digits) {
        return false;
    }

    @Override
    public void takeoverUri(Consumer<Optional<String>> to) {
        mailbox.execute(() -> to.accept(Optional.empty()));
    }

    private void giveUp() {
        mailbox.execute(() -> {
            if (!over) {
                over = true;
                LocalFailure why = LocalFailure.CANCELLED;
                observer.failed(DialVerdict.of(why), SipFailure.local(why.phrase(), trunkName()));
            }
        });
    }

    private String trunkName() {
        return trunk.map(t -> t.plan().name()).orElse("");
    }

    private void nextTrunk() {
        if (over) {
            return;
        }
        Trunk next = trunks.poll();
        if (next == null) {
            end();
            return;
        }
        trunk = Optional.of(next);
        if (!next.pace().mayCall()) {
            note(
                    new DialVerdict(DialError.TOO_MANY_CALLS, RetryClass.RETRY_UNCOUNTED),
                    SipFailure.local(
                            "the trunk asked for fewer calls per second",
                            next.plan().name()));
            nextTrunk();
            return;
        }
        routes.locate(next.plan().entrance(), found -> mailbox.execute(() -> located(found)));
    }

    private void located(List<Target> found) {
        targets.clear();
        targets.addAll(routes.health().worthTrying(found));
        if (found.isEmpty()) {
            note(
                    DialVerdict.of(LocalFailure.TRANSPORT),
                    SipFailure.local("the trunk's name has no address", trunkName()));
        }
        nextTarget();
    }

    private void nextTarget() {
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
        dialler.dial(trunk.orElseThrow(), next, left, this);
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

    private void end() {
        over = true;
        Refused last = refused.orElseGet(() -> new Refused(
                DialVerdict.of(LocalFailure.NO_RESPONSE),
                SipFailure.local(LocalFailure.NO_RESPONSE.phrase(), trunkName())));
        observer.failed(last.verdict(), last.raw());
    }

    @Override
    public void failed(DialVerdict verdict, SipFailure raw) {
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
        if (over || rang || verdict.equals(DialVerdict.of(LocalFailure.CANCELLED))) {
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
        observer.answered(media);
    }

    @Override
    public void changed(LegEvent event) {
        observer.changed(event);
    }

    @Override
    public void ended(LegEnd cause, Optional<String> reason) {
        over = true;
        observer.ended(cause, reason);
    }
}
