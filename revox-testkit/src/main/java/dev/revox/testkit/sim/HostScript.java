package dev.revox.testkit.sim;

import dev.revox.CallHandle;
import dev.revox.RevoxException;
import dev.revox.order.CallOrder;
import dev.revox.order.OrderKey;
import dev.revox.testkit.sim.check.Journal;
import dev.revox.testkit.sim.check.Promise;
import dev.revox.testkit.sim.check.RowChecks;
import dev.revox.time.Alarm;
import dev.revox.time.ManualTime;
import dev.revox.wire.CallReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A host that places orders over the days, some of them twice, and pauses, resumes and cancels at any moment, each time at any
 * node that answers.
 *
 * <p><b>Thread:</b> Confined to the thread that drives the world.
 */
final class HostScript {
    private record Wish(long dueNanos, long sequence, Consumer<SimNode> what) implements Comparable<Wish> {
        @Override
        public int compareTo(Wish other) {
            int byTime = Long.compare(dueNanos, other.dueNanos);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    private record Awaited(SimNode at, OrderKey order, CompletableFuture<CallReport> report) {}

    private static final int RUSHES = 12;

    private final ManualTime world;
    private final List<SimNode> nodes;
    private final OrderMaker orders;
    private final Journal journal;
    private final RandomGenerator random;
    private final PriorityQueue<Wish> wishes = new PriorityQueue<>();
    private final Set<SimNode> busy = new HashSet<>();
    private final Set<OrderKey> accepted = new LinkedHashSet<>();
    private final Set<OrderKey> cancelled = new LinkedHashSet<>();
    private final Map<String, OrderKey> byIdempotencyKey = new HashMap<>();
    private final List<Awaited> awaited = new ArrayList<>();
    private Alarm next = () -> {};
    private long sequence;

    /** @param nodes those that live, kept up to date by the world */
    HostScript(ManualTime world, List<SimNode> nodes, OrderMaker orders, Journal journal, RandomGenerator random) {
        this.world = world;
        this.nodes = nodes;
        this.orders = orders;
        this.journal = journal;
        this.random = random;
    }

    /** Wishes for so many orders within a time from now. */
    void plan(int count, Duration within) {
        List<Duration> rushes = new ArrayList<>();
        for (int i = 0; i < RUSHES; i++) {
            rushes.add(Duration.ofMillis(random.nextLong(within.toMillis())));
        }
        for (int i = 0; i < count; i++) {
            // Some come alone, others in crowds of the same second.
            Duration in = random.nextInt(5) < 2
                    ? rushes.get(random.nextInt(RUSHES)).plusMillis(random.nextInt(1_000))
                    : Duration.ofMillis(random.nextLong(within.toMillis()));
            Optional<String> key = random.nextInt(10) == 0 ? Optional.of("once-" + i) : Optional.empty();
            // Made when it is placed, since it may wish for a start; but the same for both when it is placed twice.
            CallOrder[] made = new CallOrder[1];
            Consumer<SimNode> place = node -> {
                if (made[0] == null) {
                    made[0] = orders.make(world.instant(), key);
                }
                place(node, made[0]);
            };
            wish(in, place);
            if (key.isPresent()) {
                wish(random.nextBoolean() ? in : in.plusSeconds(random.nextInt(7_200)), place);
            }
        }
        arm();
    }

    private void wish(Duration in, Consumer<SimNode> what) {
        wishes.add(new Wish(world.nanoTime() + in.toNanos(), sequence++, what));
    }

    private void arm() {
        next.cancel();
        Wish first = wishes.peek();
        if (first != null) {
            next = world.schedule(Duration.ofNanos(first.dueNanos() - world.nanoTime()), this::due);
        }
    }

    private void due() {
        Wish wish = wishes.poll();
        arm();
        if (wish == null) {
            return;
        }
        List<SimNode> free = nodes.stream()
                .filter(node -> node.awake() && !busy.contains(node))
                .toList();
        if (free.isEmpty()) {
            wish(Duration.ofSeconds(7), wish.what());
            arm();
            return;
        }
        SimNode node = free.get(random.nextInt(free.size()));
        // A host thread that waits in a node lets no second one of the simulation into it: there is only one thread.
        busy.add(node);
        try {
            wish.what().accept(node);
        } catch (RevoxException refused) {
            journal.note("host", node.life() + " refused: " + refused.getMessage());
        } finally {
            busy.remove(node);
        }
    }

    /** Wants nothing more. */
    void stop() {
        next.cancel();
        wishes.clear();
    }

    private void place(SimNode node, CallOrder order) {
        CallHandle call;
        try {
            call = node.engine().place(order);
        } catch (RevoxException unknown) {
            if (order.idempotencyKey().isPresent()) {
                // Placed or not: the key makes it safe to ask again, anywhere.
                wish(Duration.ofSeconds(5), at -> place(at, order));
                arm();
            }
            throw unknown;
        }
        OrderKey key = call.key();
        accepted.add(key);
        order.idempotencyKey().ifPresent(name -> {
            OrderKey earlier = byIdempotencyKey.putIfAbsent(name, key);
            if (earlier != null && !earlier.equals(key)) {
                journal.broken(Promise.SAME_KEY_SAME_ORDER, key.id(), "placed before as " + earlier.id());
            }
        });
        int lot = random.nextInt(100);
        if (lot < 8) {
            wish(later(), at -> cancel(at, key));
        } else if (lot < 16) {
            wish(later(), at -> {
                boolean unused = at.engine().pause(key);
            });
            if (lot < 14) {
                wish(later().plusHours(2), at -> {
                    boolean unused = at.engine().resume(key);
                });
            }
        }
        if (lot % 4 == 0) {
            awaited.add(new Awaited(node, key, call.report()));
        }
        arm();
    }

    private Duration later() {
        return random.nextInt(3) == 0
                ? Duration.ofMillis(random.nextInt(60_000))
                : Duration.ofSeconds(random.nextInt(40_000));
    }

    private void cancel(SimNode node, OrderKey key) {
        if (node.engine().cancel(key)) {
            journal.note(key.id(), "cancelled through " + node.life());
            cancelled.add(key);
        }
    }

    Set<OrderKey> accepted() {
        return accepted;
    }

    Set<OrderKey> cancelled() {
        return cancelled;
    }

    /** Whoever waits at a node that lives has got a report that was told anywhere. */
    void checkReports(RowChecks rows, Instant now) {
        for (Awaited waiting : awaited) {
            boolean told = rows.row(waiting.order().id())
                    .filter(row -> row.reported() && row.order().updatedAt().isBefore(now.minusSeconds(120)))
                    .isPresent();
            if (told && waiting.at().awake() && !waiting.report().isDone()) {
                journal.broken(
                        Promise.REPORTED_ONCE,
                        waiting.order().id(),
                        "reported, and who waits for it at " + waiting.at().life() + " does not know");
            }
        }
    }
}
