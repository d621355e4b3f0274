package dev.revox.testkit.script.provider;

import dev.revox.agent.stream.Cancellable;
import dev.revox.time.Alarm;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One piece of provider work in virtual time, and the count of those that are still open.
 *
 * <p><b>Thread:</b> Confined to the script's thread.
 */
public class Work implements Cancellable {

    /** Counts open work. */
    public static final class Meter {
        private int open;

        /** Work that has begun and not ended. */
        public int open() {
            return open;
        }
    }

    private final ManualTime time;
    private final Meter meter;
    private final List<Alarm> alarms = new ArrayList<>();
    private boolean over;

    public Work(ManualTime time, Meter meter) {
        this.time = time;
        this.meter = meter;
        meter.open++;
    }

    /** Does something later, unless the work is over by then. */
    final void later(Duration delay, Runnable action) {
        alarms.add(time.schedule(delay, () -> {
            if (!over) {
                action.run();
            }
        }));
    }

    final void finish() {
        if (!over) {
            over = true;
            meter.open--;
        }
    }

    final boolean over() {
        return over;
    }

    @Override
    public void cancel() {
        alarms.forEach(Alarm::cancel);
        finish();
    }
}
