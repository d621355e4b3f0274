package dev.revox.testkit.sim.node;

import dev.revox.time.Alarm;
import dev.revox.time.ManualTime;
import dev.revox.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * Time and threads of one life of one node, over the time of the whole world. It can stop for a while, as in a long garbage
 * collection; it can end without a word, as after a power cut; and its wall clock can be set.
 *
 * <p>Tasks wait a little, at random, before they run, so that nodes meet in ever other orders.
 *
 * <p><b>Thread:</b> Confined to the thread that drives the world.
 */
public final class NodeTime implements VirtualTime, Executor {
    private static final int LONGEST_WAIT_MICROS = 2_000;

    private final class Entry implements Alarm {
        private final Runnable action;
        private Alarm alarm = () -> {};

        Entry(Runnable action) {
            this.action = action;
        }

        void ring() {
            if (!pending.contains(this)) {
                return;
            }
            if (paused) {
                held.add(this);
                return;
            }
            pending.remove(this);
            action.run();
        }

        @Override
        public void cancel() {
            if (pending.remove(this)) {
                alarm.cancel();
            }
        }
    }

    private final ManualTime world;
    private final RandomGenerator random;
    private final long nanoOrigin;
    private final Set<Entry> pending = new LinkedHashSet<>();
    private final List<Entry> held = new ArrayList<>();
    private Duration skew;
    private boolean paused;
    private boolean crashed;

    /** @param skew how far the wall clock is ahead of the world's */
    public NodeTime(ManualTime world, RandomGenerator random, Duration skew) {
        this.world = world;
        this.random = random;
        this.nanoOrigin = random.nextInt(1_000_000_000);
        this.skew = skew;
    }

    @Override
    public Instant instant() {
        return world.instant().plus(skew);
    }

    @Override
    public long nanoTime() {
        return nanoOrigin + world.nanoTime();
    }

    @Override
    public Alarm schedule(Duration delay, Runnable action) {
        Entry entry = new Entry(action);
        if (!crashed) {
            pending.add(entry);
            entry.alarm = world.schedule(delay, entry::ring);
        }
        return entry;
    }

    @Override
    public void execute(Runnable task) {
        Alarm unused = schedule(Duration.ofNanos(1_000L * random.nextInt(LONGEST_WAIT_MICROS)), task);
    }

    /** Moves the whole world. */
    @Override
    public void advance(Duration by) {
        world.advance(by);
    }

    /** Sets the wall clock; {@link #nanoTime()} never notices. */
    public void setClock(Duration ahead) {
        skew = ahead;
    }

    /** How far the wall clock is ahead of the world's. */
    public Duration skew() {
        return skew;
    }

    /** From here on nothing runs. */
    public void pause() {
        paused = true;
    }

    /** What was held back runs now, in its order. */
    public void resume() {
        paused = false;
        List<Entry> late = List.copyOf(held);
        held.clear();
        late.forEach(entry -> entry.alarm = world.schedule(Duration.ZERO, entry::ring));
    }

    public boolean paused() {
        return paused;
    }

    /** All tasks and alarms vanish, and nothing that is asked for later ever runs. */
    public void crash() {
        crashed = true;
        List.copyOf(pending).forEach(Entry::cancel);
        held.clear();
    }

    public boolean crashed() {
        return crashed;
    }

    /** Alarms and tasks that have not run. */
    public int pendingCount() {
        return pending.size();
    }
}
