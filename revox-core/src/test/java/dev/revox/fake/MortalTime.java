package dev.revox.fake;

import dev.revox.time.Alarm;
import dev.revox.time.ManualTime;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/** One engine's share of virtual time: when the engine dies, nothing that it had in mind happens any more. */
public final class MortalTime implements TimeSource, Executor {
    private final ManualTime time;
    private boolean dead;

    public MortalTime(ManualTime time) {
        this.time = time;
    }

    public void die() {
        dead = true;
    }

    @Override
    public Instant instant() {
        return time.instant();
    }

    @Override
    public long nanoTime() {
        return time.nanoTime();
    }

    @Override
    public Alarm schedule(Duration delay, Runnable action) {
        return time.schedule(delay, () -> {
            if (!dead) {
                action.run();
            }
        });
    }

    @Override
    public void aboutToWait(Duration longest) {
        time.aboutToWait(longest);
    }

    @Override
    public void execute(Runnable task) {
        Alarm unused = schedule(Duration.ZERO, task);
    }
}
