package dev.revox.bench.churn;

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
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Calls between two SIP lines with real sockets and RTP: one after the other, then many at once. Of each five one is refused, one
 * is cancelled while it rings, one is hung up by the called side and two by the caller.
 *
 * <p>At the end nothing may be left but what stood before: sockets, threads, legs, dialogs, transactions.
 */
public final class ChurnHarness {

    private static final int WARM_UP = 100;
    private static final int KINDS = 5;
    private static final Duration CALL_LIMIT = Duration.ofSeconds(40);
    private static final Duration T1 = Duration.ofMillis(500);

    private final SystemTime time = SystemTime.start();
    private final AtomicInteger terminals = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger number = new AtomicInteger();
    private final SipCallLine callee;
    private final SipCallLine caller;

    private ChurnHarness() {
        // All calls of the other line come from one address, which no trunk's share is meant for.
        SipSettings settings = SipSettings.DEFAULT
                .withBindAddress("127.0.0.1")
                .withT1(T1)
                .withValve(ValveSettings.DEFAULT.known(50_000, 50_000));
        callee = SipCallLine.builder()
                .trunk(SipTrunk.of("sip:127.0.0.1:9").allowInboundFrom("127.0.0.1"))
                .settings(settings)
                .mediaSettings(media -> media.withPorts(30_000, 32_000))
                .build();
        callee.onIncoming(this::incoming);
        callee.start(time);
        caller = SipCallLine.builder()
                .trunk(SipTrunk.of("sip:127.0.0.1:" + callee.sipPort()))
                .settings(settings)
                .mediaSettings(media -> media.withPorts(34_000, 36_000))
                .build();
        caller.start(time);
    }

    private Optional<Consumer<LegEvent>> incoming(dev.revox.line.IncomingCall call, CallLeg leg) {
        int kind = kindOf(call.called().orElseThrow());
        if (kind == 0) {
            return Optional.empty();
        }
        if (kind == 1) {
            return Optional.of(event -> {});
        }
        leg.answer();
        return Optional.of(event -> {
            if (kind == 2 && event instanceof LegEvent.Answered) {
                leg.hangUp();
            }
        });
    }

    private static int kindOf(PhoneNumber called) {
        return Integer.parseInt(called.e164().substring(called.e164().length() - 1)) % KINDS;
    }

    /**
     * Measures.
     *
     * @param sequential calls one after the other
     * @param parallel calls at once, five times
     */
    public static void run(int sequential, int parallel, PrintStream out) throws InterruptedException {
        ChurnHarness harness = new ChurnHarness();
        try {
            harness.measure(sequential, parallel, out);
        } finally {
            harness.caller.close();
            harness.callee.close();
            harness.time.close();
        }
    }

    private void measure(int sequential, int parallel, PrintStream out) throws InterruptedException {
        place(WARM_UP, 1);
        place(parallel, parallel);
        Duration emptied = untilEmpty();
        Leftovers before = Leftovers.now(caller, callee);
        out.printf("warm: %s, empty after %d ms%n", before, emptied.toMillis());
        long began = System.nanoTime();
        int placed = place(sequential, 1);
        long sequentialNanos = System.nanoTime() - began;
        out.printf("%d calls one after the other in %.1f s%n", sequential, sequentialNanos / 1e9);
        began = System.nanoTime();
        for (int round = 0; round < KINDS; round++) {
            placed += place(parallel, parallel);
        }
        out.printf("%d times %d calls at once in %.1f s%n", KINDS, parallel, (System.nanoTime() - began) / 1e9);
        emptied = untilEmpty();
        Leftovers after = Leftovers.now(caller, callee);
        out.printf("empty after %d ms; 64*T1 + 5 s are %d ms%n", emptied.toMillis(), limit().toMillis());
        out.printf("after: %s%n", after);
        out.printf(
                "leaked: %d sockets, %d threads, %d legs, dialogs and transactions; calls %d, ends %d, answered %d%n",
                after.sockets() - before.sockets(),
                Math.max(0, after.threads() - before.threads()),
                after.signalling(),
                placed + WARM_UP + parallel,
                terminals.get(),
                answered.get());
    }

    private static Duration limit() {
        return T1.multipliedBy(64).plusSeconds(5);
    }

    /** Places calls, so many at once, and waits for the end of each. */
    private int place(int calls, int atOnce) throws InterruptedException {
        Semaphore room = new Semaphore(atOnce);
        CountDownLatch over = new CountDownLatch(calls);
        for (int i = 0; i < calls; i++) {
            if (!room.tryAcquire(CALL_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("a call did not end within " + CALL_LIMIT);
            }
            dial(() -> {
                over.countDown();
                room.release();
            });
        }
        if (!over.await(CALL_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException(over.getCount() + " calls did not end within " + CALL_LIMIT);
        }
        return calls;
    }

    private void dial(Runnable over) {
        int id = number.incrementAndGet();
        int kind = id % KINDS;
        AtomicReference<Optional<CallLeg>> leg = new AtomicReference<>(Optional.empty());
        CountDownLatch placed = new CountDownLatch(1);
        CallLeg opened = caller.dial(
                new DialRequest(
                        "order-" + id,
                        "leg-" + id,
                        PhoneNumber.of("+1415555" + String.format("%04d", id % 10_000)),
                        Optional.empty(),
                        Duration.ofSeconds(30),
                        ListenSettings.DEFAULT),
                event -> {
                    boolean up = event instanceof LegEvent.Answered;
                    if (up) {
                        answered.incrementAndGet();
                    }
                    if ((up && kind > 2) || (kind == 1 && event instanceof LegEvent.Ringing)) {
                        await(placed);
                        leg.get().ifPresent(CallLeg::hangUp);
                    }
                    if (event.terminal()) {
                        terminals.incrementAndGet();
                        over.run();
                    }
                });
        leg.set(Optional.of(opened));
        placed.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration untilEmpty() throws InterruptedException {
        long began = System.nanoTime();
        long most = limit().plusSeconds(30).toNanos();
        while (Leftovers.now(caller, callee).signalling() > 0 && System.nanoTime() - began < most) {
            Thread.sleep(20);
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
