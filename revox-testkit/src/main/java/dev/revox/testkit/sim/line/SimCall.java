package dev.revox.testkit.sim.line;

import dev.revox.attempt.DialError;
import dev.revox.line.DialRequest;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.line.SipFailure;
import dev.revox.testkit.sim.check.ObservedCall;
import dev.revox.testkit.sim.people.Pickup;
import dev.revox.time.Alarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One call on the callee's side.
 *
 * <p><b>Thread:</b> Confined to the thread that drives the world.
 */
final class SimCall {
    private static final Duration WIRE = Duration.ofMillis(20);

    private final SimNetwork network;
    private final ObservedCall observed;
    private final DialRequest request;
    private final Pickup pickup;
    private final Optional<SimLeg> leg;
    private final List<Alarm> alarms = new ArrayList<>();
    private Duration longestTalk = Duration.ofHours(1);
    private boolean up;
    private long upSinceNanos;
    private boolean over;

    /** @param leg the caller's side; empty for an INVITE that nobody should have sent */
    SimCall(SimNetwork network, ObservedCall observed, DialRequest request, Pickup pickup, Optional<SimLeg> leg) {
        this.network = network;
        this.observed = observed;
        this.request = request;
        this.pickup = pickup;
        this.leg = leg;
    }

    ObservedCall observed() {
        return observed;
    }

    Pickup pickup() {
        return pickup;
    }

    /** The caller's agent says how long it may talk at most. */
    void longestTalk(Duration longest) {
        longestTalk = longest;
    }

    void ring() {
        switch (pickup) {
            case Pickup.Refused refused ->
                in(refused.after(), () -> end(refused.sipStatus() + "", now -> failed(now, refused)));
            case Pickup.RingsOut none -> {
                rings();
                in(request.ringTimeout(), this::ringsOut);
            }
            case Pickup.Answered answered -> {
                rings();
                Duration after = answered.after();
                if (after.compareTo(request.ringTimeout()) < 0) {
                    in(after, () -> answer(answered));
                } else {
                    in(request.ringTimeout(), this::ringsOut);
                }
            }
        }
    }

    private void rings() {
        in(Duration.ofMillis(100), () -> tell(now -> new LegEvent.Ringing(now, 180)));
    }

    private void ringsOut() {
        end("rang out", now -> new LegEvent.DialFailed(now, DialError.NO_ANSWER, SipFailure.local("timeout", "sim")));
    }

    private static LegEvent failed(long now, Pickup.Refused refused) {
        return new LegEvent.DialFailed(
                now,
                refused.error(),
                new SipFailure(OptionalInt.of(refused.sipStatus()), OptionalInt.empty(), Optional.empty(), "sim"));
    }

    private void answer(Pickup.Answered answered) {
        up = true;
        upSinceNanos = network.world().nanoTime();
        tell(now -> new LegEvent.Answered(now, "PCMU", 8000));
        answered.hangsUpAfter()
                .ifPresent(after -> in(after, () -> hangUp("the callee hangs up", LegEnd.REMOTE_HANGUP)));
        if (leg.map(SimLeg::silent).orElse(true)) {
            nobodySpeaks(leg.map(SimLeg::gone).orElse(true));
        }
    }

    /** The callee hangs up, or the network for them. */
    private void hangUp(String how, LegEnd cause) {
        end(how, now -> new LegEvent.Ended(now, cause, Optional.empty()));
    }

    /** The caller wants an end: a CANCEL or a BYE arrives. */
    void callerHangsUp() {
        in(WIRE, () -> {
            if (up) {
                hangUp("the caller hangs up", LegEnd.LOCAL_HANGUP);
            } else {
                end(
                        "cancelled",
                        now -> new LegEvent.DialFailed(now, DialError.NO_ANSWER, SipFailure.local("cancelled", "sim")));
            }
        });
    }

    /**
     * The caller's engine says nothing any more.
     *
     * @param forGood it is dead; else it only stands still, and comes back or not
     */
    void nobodySpeaks(boolean forGood) {
        if (over || !up) {
            return;
        }
        if (forGood && network.staysOnADeadLine()) {
            // As long as a call may last at all: what the horizon of a lost call must cover.
            Duration talked = Duration.ofNanos(network.world().nanoTime() - upSinceNanos);
            in(longestTalk.minus(talked), () -> hangUp("nobody hung up for the longest time", LegEnd.REMOTE_HANGUP));
            return;
        }
        in(network.silencePatience(), () -> {
            if (forGood || leg.map(SimLeg::silent).orElse(true)) {
                hangUp("nobody spoke", LegEnd.MEDIA_TIMEOUT);
            }
        });
    }

    private void end(String how, java.util.function.LongFunction<LegEvent> event) {
        if (over) {
            return;
        }
        over = true;
        alarms.forEach(Alarm::cancel);
        network.over(this, how);
        tell(event);
    }

    private void tell(java.util.function.LongFunction<LegEvent> event) {
        leg.ifPresent(caller -> caller.emit(event));
    }

    private void in(Duration delay, Runnable step) {
        if (!over) {
            alarms.add(network.world().schedule(delay, step));
        }
    }
}
