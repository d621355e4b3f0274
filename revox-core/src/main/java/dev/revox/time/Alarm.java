package dev.revox.time;

/** A pending wake-up of a {@link TimeSource}. <b>Thread:</b> Thread-safe. */
@FunctionalInterface
public interface Alarm {

    /** Prevents the action from running if it has not started; harmless otherwise. */
    void cancel();
}
