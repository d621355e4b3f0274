package dev.revox.acceptance.peer;

import static org.awaitility.Awaitility.await;

import dev.revox.line.CallLeg;
import dev.revox.line.DialRequest;
import dev.revox.line.LegEvent;
import dev.revox.line.ListenSettings;
import dev.revox.phone.PhoneNumber;
import dev.revox.sip.SipCallLine;
import dev.revox.sip.SipSettings;
import dev.revox.sip.SipTrunk;
import dev.revox.sip.signaling.dialog.DialogSettings;
import dev.revox.sip.trace.TraceSettings;
import dev.revox.sip.trunk.TrunkStatus;
import dev.revox.time.SystemTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A real line without an engine on it, and what its legs told. It lets calls from its trunk ring. */
final class BareLine implements AutoCloseable {

    static final Duration PATIENCE = BareLeg.PATIENCE;

    /** What the legs told, in the order in which it came. */
    final List<LegEvent> events = new CopyOnWriteArrayList<>();

    private final List<BareLeg> ringing = new CopyOnWriteArrayList<>();
    private final AtomicInteger dialled = new AtomicInteger();
    private final SystemTime time = SystemTime.start();
    private final SipCallLine line;

    private BareLine(SipTrunk trunk, UnaryOperator<SipSettings> settings) {
        line = SipCallLine.builder()
                .trunk(trunk)
                .settings(settings.apply(SipSettings.DEFAULT.withBindAddress("127.0.0.1")))
                .tracing(TraceSettings.DEFAULT)
                .build();
        line.onIncoming((call, leg) -> {
            BareLeg taken = new BareLeg().of(leg, call);
            ringing.add(taken);
            return Optional.of(event -> {
                events.add(event);
                taken.accept(event);
            });
        });
        line.start(time);
    }

    static BareLine on(SipTrunk trunk) {
        return new BareLine(trunk, UnaryOperator.identity());
    }

    static BareLine on(SipTrunk trunk, DialogSettings dialogs) {
        return new BareLine(trunk, settings -> settings.withDialogs(dialogs));
    }

    static BareLine on(SipTrunk trunk, UnaryOperator<SipSettings> settings) {
        return new BareLine(trunk, settings);
    }

    /** A line that lets the call ring that comes in from a port of this machine. */
    static BareLine ringing(int peerPort) {
        return on(SipTrunk.of("sip:127.0.0.1:" + peerPort).allowInboundFrom("127.0.0.1"));
    }

    /** The next call that comes in; it rings. */
    BareLeg rings() {
        await("a call").atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> !ringing.isEmpty());
        return ringing.removeFirst();
    }

    /** Lets the telephone of {@link #ringing} ring for a moment. */
    void answerWhenItRings() {
        BareLeg leg = rings();
        await().pollDelay(Duration.ofMillis(300)).until(() -> true);
        leg.leg().answer();
    }

    CallLeg dial(Duration ringTimeout) {
        return dial("+14155550123", ringTimeout).leg();
    }

    BareLeg dial(String number) {
        return dial(number, PATIENCE);
    }

    BareLeg dial(String number, Duration ringTimeout) {
        BareLeg told = new BareLeg();
        return told.of(line.dial(request(number, ringTimeout), event -> note(told, event)));
    }

    /** Dials somebody who can be bridged with another leg. */
    BareLeg dialBeside(BareLeg other, String number) {
        BareLeg told = new BareLeg();
        return told.of(line.dial(request(number, PATIENCE).beside(other.leg()), event -> note(told, event)));
    }

    private DialRequest request(String number, Duration ringTimeout) {
        return new DialRequest(
                "order",
                "leg-" + dialled.incrementAndGet(),
                PhoneNumber.of(number),
                Optional.empty(),
                ringTimeout,
                ListenSettings.DEFAULT);
    }

    private void note(BareLeg leg, LegEvent event) {
        events.add(event);
        leg.accept(event);
    }

    /** The SIP messages of a leg, without secrets. */
    String trace(BareLeg leg) {
        return line.trace(leg.leg().legId()).orElseThrow().text();
    }

    TrunkStatus trunkStatus() {
        return line.trunkStatus().getFirst();
    }

    String stateDump() {
        return line.stateDump();
    }

    int sipPort() {
        return line.sipPort();
    }

    long nowNanos() {
        return time.nanoTime();
    }

    <T extends LegEvent> T told(Class<T> type) {
        await(type.getSimpleName()).atMost(PATIENCE).until(() -> events.stream().anyMatch(type::isInstance));
        return events.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        line.close();
        time.close();
    }
}
