package dev.revox.bench.rate.side;

import dev.revox.line.CallLeg;
import dev.revox.line.DialRequest;
import dev.revox.line.LegEvent;
import dev.revox.line.ListenSettings;
import dev.revox.phone.PhoneNumber;
import dev.revox.sip.SipCallLine;
import dev.revox.sip.SipSettings;
import dev.revox.sip.SipTrunk;
import dev.revox.sip.signaling.valve.ValveSettings;
import dev.revox.time.SystemTime;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The measured process of our side: a line whose agent answers at once, or one that places calls and hangs up when they are answered. */
public final class OwnLine {
    private static final long TICK_NANOS = 1_000_000L;
    private static final int EVERYBODY = 1_000_000;

    private final SystemTime time = SystemTime.start();
    private final Queue<CallLeg> asked = new ConcurrentLinkedQueue<>();
    private final AtomicInteger placed = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final SipCallLine line;

    /** {@code answer|place signalling|media own-port far-port t1-ms}. */
    public static void main(String[] args) throws IOException {
        OwnLine own = new OwnLine(
                args[1].equals("media"),
                Integer.parseInt(args[2]),
                Integer.parseInt(args[3]),
                Integer.parseInt(args[4]));
        if (args[0].equals("answer")) {
            Thread.ofPlatform().daemon(true).name("agent").start(own::answer);
        }
        Answers.serve(own::tell);
    }

    private OwnLine(boolean media, int port, int farPort, int t1Ms) {
        // All calls of a run come from one address, which no trunk's share is meant for. More than 1000 at once get
        // 503, as ever.
        SipCallLine.Builder builder = SipCallLine.builder()
                .trunk(SipTrunk.of("sip:127.0.0.1:" + farPort).allowInboundFrom("127.0.0.1"))
                .settings(SipSettings.DEFAULT
                        .withBindAddress("127.0.0.1")
                        .withSipPort(port)
                        .withT1(Duration.ofMillis(t1Ms))
                        .withValve(ValveSettings.DEFAULT.known(EVERYBODY, EVERYBODY)))
                .mediaSettings(settings -> settings.withPorts(30_000, 50_000));
        if (!media) {
            builder.media((clock, address) -> new SignallingPlane());
        }
        line = builder.build();
        line.onIncoming(this::incoming);
        line.start(time);
    }

    private Optional<Consumer<LegEvent>> incoming(dev.revox.line.IncomingCall call, CallLeg leg) {
        placed.incrementAndGet();
        asked.add(leg);
        return Optional.of(this::count);
    }

    private void count(LegEvent event) {
        switch (event) {
            case LegEvent.Answered up -> answered.incrementAndGet();
            case LegEvent.Ended end -> ended.incrementAndGet();
            case LegEvent.DialFailed end -> failed.incrementAndGet();
            default -> {}
        }
    }

    // Within the handler the answer would come before the 180.
    private void answer() {
        while (true) {
            LockSupport.parkNanos(TICK_NANOS);
            for (CallLeg leg = asked.poll(); leg != null; leg = asked.poll()) {
                leg.answer();
            }
        }
    }

    private long tell(String question) {
        String[] words = question.split(" ", -1);
        return switch (words[0]) {
            case "place" -> place(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "answered" -> answered.get();
            case "ended" -> ended.get();
            case "failed" -> failed.get();
            case "occupancy" -> line.occupancy();
            default -> throw new IllegalArgumentException(question);
        };
    }

    /** Places so many calls at so many per second; gives back how many were not answered and ended well. */
    private int place(int calls, int perSecond) {
        int before = ended.get();
        long begin = time.nanoTime();
        for (int i = 0; i < calls; i++) {
            LockSupport.parkNanos(begin + 1_000_000_000L * i / perSecond - time.nanoTime());
            dial();
        }
        long end = time.nanoTime() + Duration.ofSeconds(8).toNanos();
        while (ended.get() - before < calls && time.nanoTime() < end) {
            LockSupport.parkNanos(TICK_NANOS);
        }
        return calls - (ended.get() - before);
    }

    private void dial() {
        int id = placed.incrementAndGet();
        CompletableFuture<CallLeg> leg = new CompletableFuture<>();
        Consumer<LegEvent> events = event -> {
            count(event);
            if (event instanceof LegEvent.Answered) {
                var unused = leg.thenAccept(CallLeg::hangUp);
            }
        };
        var unused = leg.complete(line.dial(
                new DialRequest(
                        "order-" + id,
                        "leg-" + id,
                        PhoneNumber.of("+14155550123"),
                        Optional.empty(),
                        Duration.ofSeconds(30),
                        ListenSettings.DEFAULT),
                events));
    }
}
