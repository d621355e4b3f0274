package dev.revox.call;

import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Alarms by key, of which a cancelled or replaced one never arrives, even when it had already rung and waited in the mailbox.
 *
 * <p><b>Thread:</b> Confined to the call thread; rings on the time source's thread, which only posts.
 *
 * @param <K> what names an alarm
 */
final class Timers<K> {
    /** Longer waits are cut: nobody is on the telephone for a month, and nanoseconds do not overflow. */
    private static final Duration LONGEST = Duration.ofDays(31);

    /** What arrives in the mailbox when an alarm rings. */
    record Ring<K>(K key, long generation) {}

    private record Armed(long generation, Alarm alarm) {}

    private final TimeSource time;
    private final Consumer<Ring<K>> mailbox;
    private final Map<K, Armed> armed = new HashMap<>();
    private long generations;

    Timers(TimeSource time, Consumer<Ring<K>> mailbox) {
        this.time = time;
        this.mailbox = mailbox;
    }

    /** Arms, or re-arms, the alarm of a key. */
    void arm(K key, Duration delay) {
        cancel(key);
        Ring<K> ring = new Ring<>(key, ++generations);
        Duration wait = delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
        armed.put(key, new Armed(ring.generation(), time.schedule(wait, () -> mailbox.accept(ring))));
    }

    void cancel(K key) {
        Armed earlier = armed.remove(key);
        if (earlier != null) {
            earlier.alarm().cancel();
        }
    }

    /** True when the ring is of an alarm that still stands, which is then used up. */
    boolean takes(Ring<K> ring) {
        Armed standing = armed.get(ring.key());
        if (standing == null || standing.generation() != ring.generation()) {
            return false;
        }
        armed.remove(ring.key());
        return true;
    }

    void cancelAll() {
        armed.values().forEach(standing -> standing.alarm().cancel());
        armed.clear();
    }
}
