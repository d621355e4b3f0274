package dev.revox.agent.tts.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import dev.revox.agent.tts.TextToSpeech;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The sound of texts that are said in many calls: first sentences, farewells, the phrases for trouble.
 *
 * <p>What is kept is whole utterances, by provider, voice and text. Calls that want the same text at the same time share one
 * making of it. A making that failed or that everybody left is kept by nobody, and once somebody left one, whoever comes later
 * begins another: the one that was left may be stuck.
 *
 * <p><b>Thread:</b> Thread-safe. Nothing is called while the lock is held.
 */
public final class SpeechCache implements AutoCloseable {

    private static final int ENTRY_BYTES = 200;

    private final Cache<CacheKey, Recording> kept;
    private final Object lock = new Object();
    private final Map<CacheKey, Making> underWay = new HashMap<>();
    private boolean closed;

    private SpeechCache(SpeechCacheSettings settings, TimeSource time) {
        // Evictions are short, so they run where they are found; Caffeine's own pool would be threads nobody closes.
        kept = Caffeine.newBuilder()
                .maximumWeight(settings.mostBytes())
                .weigher(SpeechCache::bytes)
                .expireAfterAccess(settings.unusedFor())
                .ticker(time::nanoTime)
                .executor(Runnable::run)
                .scheduler(alarms(time))
                .build();
    }

    /** A cache whose texts grow old by this clock. */
    public static SpeechCache of(SpeechCacheSettings settings, TimeSource time) {
        return new SpeechCache(settings, time);
    }

    /** The same provider, for texts that are kept. */
    public TextToSpeech before(TextToSpeech provider) {
        return new CachedVoice(provider, this);
    }

    /** Sound that is kept now, in bytes. */
    public long keptBytes() {
        kept.cleanUp();
        return kept.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0))
                .orElse(0L);
    }

    /** Gives the listener the kept sound, or a part in the making of it. */
    void attend(CacheKey key, Listener listener) {
        @Nullable Making fresh = null;
        synchronized (lock) {
            Recording recording = kept.getIfPresent(key);
            if (recording != null) {
                listener.follow(recording, null);
            } else {
                Making making = underWay.get(key);
                if (making == null) {
                    making = new Making(key, this);
                    fresh = making;
                    underWay.put(key, making);
                }
                making.join(listener);
                listener.follow(making.recording(), making);
            }
        }
        if (fresh != null) {
            fresh.start();
        }
        listener.deliver();
    }

    /** The whole of it is there. */
    void keep(CacheKey key, Making making) {
        synchronized (lock) {
            underWay.remove(key, making);
            if (!closed) {
                kept.put(key, making.recording());
            }
        }
    }

    /** Nobody may join it any more. */
    void giveUp(CacheKey key, Making making) {
        synchronized (lock) {
            underWay.remove(key, making);
        }
    }

    /** Forgets everything. Calls that still speak go on. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            kept.invalidateAll();
        }
        kept.cleanUp();
    }

    private static int bytes(CacheKey key, Recording recording) {
        long bytes = ENTRY_BYTES + 2L * key.text().length() + recording.bytes();
        return (int) Math.min(Integer.MAX_VALUE, bytes);
    }

    private static Scheduler alarms(TimeSource time) {
        return (executor, command, delay, unit) -> {
            var ring = new CompletableFuture<Void>();
            var alarm = time.schedule(Duration.ofNanos(unit.toNanos(delay)), () -> {
                executor.execute(command);
                ring.complete(null);
            });
            // Caffeine cancels a wake-up that it replaces by an earlier one.
            var unused = ring.whenComplete((done, cancelled) -> alarm.cancel());
            return ring;
        };
    }

    @Override
    public String toString() {
        return "SpeechCache[" + kept.estimatedSize() + " texts]";
    }
}
