package dev.revox.bench.place;

import dev.revox.CallEngine;
import dev.revox.CallHandle;
import dev.revox.assistant.Assistant;
import dev.revox.bench.far.BusyPhone;
import dev.revox.bench.far.SilentAgent;
import dev.revox.order.CallOrder;
import dev.revox.schedule.RetryPolicy;
import dev.revox.sip.SipCallLine;
import dev.revox.sip.SipSettings;
import dev.revox.sip.SipTrunk;
import dev.revox.store.EngineStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Orders that are due at once, placed one after the other at a steady pace, and the time from the host's call of {@code place} to
 * the arrival of the INVITE at the telephone.
 *
 * <p><b>Thread:</b> Confined to its caller.
 */
final class InviteRun {
    private static final long PACE_NANOS = 20_000_000L;
    private static final int WARM_UP = 300;
    private static final long PATIENCE_SECONDS = 30;

    private final BusyPhone phone;
    private final Assistant assistant =
            Assistant.prompt("You hold a call for a measurement.").build();
    private int numbers;

    InviteRun(BusyPhone phone) {
        this.phone = phone;
    }

    /** Nanoseconds, of so many orders after a warm-up. */
    Histogram run(EngineStore store, int orders) throws InterruptedException, TimeoutException {
        Histogram late = new Histogram(60_000_000_000L, 3);
        try (CallEngine engine = CallEngine.builder()
                .line(SipCallLine.builder()
                        .trunk(SipTrunk.of("sip:127.0.0.1:" + phone.port()).name("busy"))
                        .settings(SipSettings.DEFAULT.withBindAddress("127.0.0.1"))
                        .build())
                .agent(new SilentAgent())
                .store(store)
                .build()) {
            Histogram unused = place(engine, WARM_UP, new Histogram(late));
            return place(engine, orders, late);
        }
    }

    private Histogram place(CallEngine engine, int orders, Histogram late)
            throws InterruptedException, TimeoutException {
        List<CallHandle> handles = new ArrayList<>();
        List<String> called = new ArrayList<>();
        List<Long> placedNanos = new ArrayList<>();
        long next = System.nanoTime();
        for (int i = 0; i < orders; i++) {
            String number = String.format(Locale.ROOT, "+3361234%04d", numbers++);
            CallOrder order = CallOrder.to(number)
                    .forceNow()
                    .assistant(assistant)
                    .retryPolicy(RetryPolicy.builder().maxAttempts(1).build())
                    .build();
            called.add(number);
            placedNanos.add(System.nanoTime());
            handles.add(engine.place(order));
            next += PACE_NANOS;
            LockSupport.parkNanos(next - System.nanoTime());
        }
        for (CallHandle handle : handles) {
            handle.report().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        }
        for (int i = 0; i < orders; i++) {
            Long arrived = phone.arrivedNanos().get(called.get(i));
            if (arrived == null) {
                throw new TimeoutException("no INVITE for an order that is over");
            }
            late.recordValue(arrived - placedNanos.get(i));
        }
        return late;
    }
}
