package dev.revox.bench.place;

import dev.revox.CallEngine;
import dev.revox.assistant.Assistant;
import dev.revox.bench.far.SilentAgent;
import dev.revox.lifecycle.OrderLife;
import dev.revox.order.CallOrder;
import dev.revox.order.PlacedOrder;
import dev.revox.order.TimeOrderedIds;
import dev.revox.phone.RecipientZones;
import dev.revox.sip.SipCallLine;
import dev.revox.sip.SipSettings;
import dev.revox.sip.SipTrunk;
import dev.revox.store.memory.MemoryStore;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Orders for tomorrow, accepted into memory by one thread: all of {@code place}, and what is behind its checks - the row, its
 * history, its job, and the commit.
 *
 * <p><b>Thread:</b> Confined to its caller.
 */
final class AcceptRun {
    /** By one thread, per second of the clock, and per second of that thread's processor time. */
    record Rate(double perSecond, double perCpuSecond, double bytesPerOrder) {}

    private final int orders;
    private final Assistant assistant = Assistant.prompt("You confirm tomorrow's appointment with {{name}}.")
            .firstSentence("Hi {{name}}!")
            .build();

    AcceptRun(int orders) {
        this.orders = orders;
    }

    /** All of {@code place}: number, template, limits, zones, guards, and then the store. */
    Rate checked() {
        List<CallOrder> given = orders();
        try (CallEngine engine = CallEngine.builder()
                .line(SipCallLine.builder()
                        .trunk(SipTrunk.of("sip:127.0.0.1:9").name("unused"))
                        .settings(SipSettings.DEFAULT.withBindAddress("127.0.0.1"))
                        .build())
                .agent(new SilentAgent())
                .build()) {
            return measured(() -> given.forEach(engine::place));
        }
    }

    /** What is behind the checks. */
    Rate behindTheChecks() {
        List<CallOrder> given = orders();
        TimeOrderedIds ids = new TimeOrderedIds(new SecureRandom());
        RecipientZones zones = RecipientZones.fixed(ZoneOffset.UTC);
        try (MemoryStore store = new MemoryStore()) {
            return measured(() -> given.forEach(order -> {
                Instant now = Instant.now();
                PlacedOrder placed = PlacedOrder.accepted(order, ids.next(now), assistant, zones, now);
                store.commit(OrderLife.placed(placed, now));
            }));
        }
    }

    private List<CallOrder> orders() {
        Instant tomorrow = Instant.now().plusSeconds(86_400);
        List<CallOrder> made = new ArrayList<>(orders);
        for (int i = 0; i < orders; i++) {
            made.add(CallOrder.to(String.format(Locale.ROOT, "+336%08d", i))
                    .variable("name", "Dana")
                    .scheduledAt(tomorrow)
                    .assistant(assistant)
                    .build());
        }
        return made;
    }

    private Rate measured(Runnable work) {
        long heap = liveHeapBytes();
        var threads = ManagementFactory.getThreadMXBean();
        long cpuNanos = threads.getCurrentThreadCpuTime();
        long nanos = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - nanos) / 1e9;
        double cpuSeconds = (threads.getCurrentThreadCpuTime() - cpuNanos) / 1e9;
        return new Rate(orders / seconds, orders / cpuSeconds, (double) (liveHeapBytes() - heap) / orders);
    }

    private static long liveHeapBytes() {
        ManagementFactory.getMemoryMXBean().gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
