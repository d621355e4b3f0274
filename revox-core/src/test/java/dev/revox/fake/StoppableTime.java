package dev.revox.fake;

import dev.revox.time.Alarm;
import dev.revox.time.ManualTime;
import dev.revox.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** One engine's share of virtual time: it can stand still while others go on, as in a long garbage collection. */
public final class StoppableTime implements VirtualTime, Executor {
    private final ManualTime world;
    private final List<Runnable> held = new ArrayList<>();
    private boolean stopped;

    public StoppableTime(ManualTime world) {
        this.world = world;
    }

    public void stop() {
        stopped = true;
    }

    /** What was held back becomes due. */
    public void goOn() {
        stopped = false;
        held.forEach(world::execute);
        held.clear();
    }

    @Override
    public Instant instant() {
        return world.instant();
    }

    @Override
    public long nanoTime() {
        return world.nanoTime();
    }

    @Override
    public Alarm schedule(Duration delay, Runnable action) {
        boolean[] cancelled = new boolean[1];
        Runnable once = () -> {
            if (!cancelled[0]) {
                action.run();
            }
        };
        Alarm alarm = world.schedule(delay, () -> {
            if (stopped) {
                held.add(once);
            } else {
                once.run();
            }
        });
        return () -> {
            cancelled[0] = true;
            alarm.cancel();
        };
    }

    @Override
    public void execute(Runnable task) {
        Alarm unused = schedule(Duration.ZERO, task);
    }

    @Override
    public void advance(Duration by) {
        world.advance(by);
    }
}
