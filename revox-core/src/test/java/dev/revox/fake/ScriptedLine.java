package dev.revox.fake;

import dev.revox.attempt.DialError;
import dev.revox.line.CallLeg;
import dev.revox.line.CallLine;
import dev.revox.line.DialRequest;
import dev.revox.line.IncomingCall;
import dev.revox.line.IncomingHandler;
import dev.revox.line.LegEnd;
import dev.revox.line.LegEvent;
import dev.revox.line.LineLimits;
import dev.revox.line.SipFailure;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A line on which each dialled call follows the next script, and the last one for ever. */
public final class ScriptedLine implements CallLine {
    /** What happens to a dialled leg. */
    public interface Script {
        void play(FakeLeg leg, DialRequest request);
    }

    private final Deque<Script> scripts = new ArrayDeque<>();
    private final List<DialRequest> dialled = new ArrayList<>();
    private final List<Instant> dialledAt = new ArrayList<>();
    private final List<FakeLeg> legs = new ArrayList<>();
    private @Nullable TimeSource time;
    private @Nullable IncomingHandler incoming;
    private LineLimits limits = LineLimits.NONE;
    private boolean closed;

    public ScriptedLine(Script... inTurn) {
        scripts.addAll(List.of(inTurn));
    }

    /** Rings after 100 ms and answers after two seconds; whoever wants to, hangs up. */
    public static Script answers() {
        return (leg, request) -> {
            leg.emitIn(Duration.ofMillis(100), now -> new LegEvent.Ringing(now, 180));
            leg.emitIn(Duration.ofSeconds(2), now -> new LegEvent.Answered(now, "PCMU", 8000));
        };
    }

    /** Answers, and hangs up after a while. */
    public static Script answersAndHangsUpAfter(Duration talk) {
        return (leg, request) -> {
            answers().play(leg, request);
            leg.emitIn(
                    Duration.ofSeconds(2).plus(talk),
                    now -> new LegEvent.Ended(now, LegEnd.REMOTE_HANGUP, Optional.empty()));
        };
    }

    public static Script fails(DialError error) {
        return (leg, request) -> leg.emitIn(
                Duration.ofMillis(500),
                now -> new LegEvent.DialFailed(now, error, SipFailure.local("scripted", "fake")));
    }

    public static Script failsWith(int status, DialError error) {
        return (leg, request) -> leg.emitIn(
                Duration.ofMillis(500),
                now -> new LegEvent.DialFailed(
                        now,
                        error,
                        new SipFailure(OptionalInt.of(status), OptionalInt.empty(), Optional.empty(), "fake")));
    }

    /** Rings until the ring timeout. */
    public static Script rings() {
        return (leg, request) -> {
            leg.emitIn(Duration.ofMillis(100), now -> new LegEvent.Ringing(now, 180));
            leg.emitIn(
                    request.ringTimeout(),
                    now -> new LegEvent.DialFailed(now, DialError.NO_ANSWER, SipFailure.local("timeout", "fake")));
        };
    }

    /** Never says anything. */
    public static Script isSilent() {
        return (leg, request) -> {};
    }

    /** What it can carry from here on. */
    public void carries(LineLimits newLimits) {
        limits = newLimits;
    }

    @Override
    public LineLimits limits() {
        return limits;
    }

    @Override
    public void start(TimeSource source) {
        time = source;
    }

    @Override
    public synchronized CallLeg dial(DialRequest request, Consumer<LegEvent> listener) {
        TimeSource clock = clock();
        FakeLeg leg = new FakeLeg(request.legId(), false);
        leg.connect(clock, listener);
        dialled.add(request);
        dialledAt.add(clock.instant());
        legs.add(leg);
        Script script = scripts.size() > 1 ? scripts.removeFirst() : scripts.getFirst();
        script.play(leg, request);
        return leg;
    }

    /** Somebody calls; the leg when the call was taken. */
    public Optional<FakeLeg> ring(IncomingCall call) {
        FakeLeg leg = new FakeLeg("incoming", false);
        IncomingHandler handler = incoming;
        if (handler == null) {
            return Optional.empty();
        }
        return handler.incoming(call, leg).map(listener -> {
            leg.connect(clock(), listener);
            return leg;
        });
    }

    private TimeSource clock() {
        if (time == null) {
            throw new IllegalStateException("start the line first");
        }
        return time;
    }

    public synchronized List<DialRequest> dialled() {
        return List.copyOf(dialled);
    }

    public synchronized List<Instant> dialledAt() {
        return List.copyOf(dialledAt);
    }

    public synchronized FakeLeg leg(int index) {
        return legs.get(index);
    }

    public boolean closed() {
        return closed;
    }

    @Override
    public void onIncoming(IncomingHandler handler) {
        incoming = handler;
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (FakeLeg leg : legs) {
            leg.emit(new LegEvent.Ended(clock().nanoTime(), LegEnd.LOCAL_HANGUP, Optional.empty()));
        }
    }
}
