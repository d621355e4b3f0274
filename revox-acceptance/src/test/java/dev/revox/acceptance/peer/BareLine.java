package dev.revox.acceptance.peer;

import static org.awaitility.Awaitility.await;

import dev.revox.line.CallLeg;
import dev.revox.line.DialRequest;
import dev.revox.line.IncomingHandler;
import dev.revox.line.LegEvent;
import dev.revox.line.ListenSettings;
import dev.revox.phone.PhoneNumber;
import dev.revox.sip.SipCallLine;
import dev.revox.sip.SipSettings;
import dev.revox.sip.SipTrunk;
import dev.revox.sip.signaling.dialog.DialogSettings;
import dev.revox.time.SystemTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** A real line without an engine on it, and what its one leg told. */
final class BareLine implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    final List<LegEvent> events;
    private final AtomicReference<Optional<CallLeg>> rings;
    private final SystemTime time = SystemTime.start();
    private final SipCallLine line;

    private BareLine(
            SipTrunk trunk,
            DialogSettings dialogs,
            Optional<IncomingHandler> incoming,
            AtomicReference<Optional<CallLeg>> rings,
            List<LegEvent> events) {
        this.rings = rings;
        this.events = events;
        line = SipCallLine.builder()
                .trunk(trunk)
                .settings(SipSettings.DEFAULT.withBindAddress("127.0.0.1").withDialogs(dialogs))
                .build();
        incoming.ifPresent(line::onIncoming);
        line.start(time);
    }

    static BareLine on(SipTrunk trunk, DialogSettings dialogs) {
        return new BareLine(
                trunk,
                dialogs,
                Optional.empty(),
                new AtomicReference<>(Optional.empty()),
                new CopyOnWriteArrayList<>());
    }

    /** A line that lets the call ring that comes in from a port of this machine. */
    static BareLine ringing(int peerPort) {
        AtomicReference<Optional<CallLeg>> rings = new AtomicReference<>(Optional.empty());
        List<LegEvent> told = new CopyOnWriteArrayList<>();
        return new BareLine(
                SipTrunk.of("sip:127.0.0.1:" + peerPort).allowInboundFrom("127.0.0.1"),
                DialogSettings.DEFAULT,
                Optional.of((call, leg) -> {
                    rings.set(Optional.of(leg));
                    return Optional.of(told::add);
                }),
                rings,
                told);
    }

    /** Lets the telephone of {@link #ringing} ring for a moment. */
    void answerWhenItRings() {
        await("a call").atMost(PATIENCE).until(() -> rings.get().isPresent());
        await().pollDelay(Duration.ofMillis(300)).until(() -> true);
        rings.get().orElseThrow().answer();
    }

    CallLeg dial(Duration ringTimeout) {
        return line.dial(
                new DialRequest(
                        "order",
                        "leg",
                        PhoneNumber.of("+14155550123"),
                        Optional.empty(),
                        ringTimeout,
                        ListenSettings.DEFAULT),
                events::add);
    }

    int sipPort() {
        return line.sipPort();
    }

    long nowNanos() {
        return time.nanoTime();
    }

    <T extends LegEvent> T told(Class<T> type) {
        AtomicReference<Optional<T>> found = new AtomicReference<>(Optional.empty());
        await(type.getSimpleName()).atMost(PATIENCE).until(() -> {
            found.set(events.stream().filter(type::isInstance).map(type::cast).findFirst());
            return found.get().isPresent();
        });
        return found.get().orElseThrow();
    }

    @Override
    public void close() {
        line.close();
        time.close();
    }
}
