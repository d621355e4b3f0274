package dev.revox.campaign.feed;

import dev.revox.call.Mailbox;
import dev.revox.campaign.CampaignKey;
import dev.revox.campaign.CampaignProgress;
import dev.revox.job.Job;
import dev.revox.order.OrderKey;
import dev.revox.store.EngineStore;
import dev.revox.time.Alarm;
import dev.revox.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Looks after the campaigns of a store, so that they go on by themselves over all its engines. A campaign's job says that it is to
 * be looked at, and each look schedules the next one: every second while something changes, more seldom while nothing does. The
 * campaign's row is the truth: every engine goes through the active ones now and then, and makes up for jobs that are missing.
 *
 * <p><b>Thread:</b> Thread-safe; the looks run one at a time on a mailbox of its own.
 */
public final class CampaignFeeder {
    private static final System.Logger LOG = System.getLogger("dev.revox.campaign");
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final Duration SWEEP = Duration.ofSeconds(15);

    /** Whoever looked at a campaign within this time looks after it. */
    private static final Duration TENDED = SWEEP.plus(LONGEST).plus(SHORTEST);

    private static final int MOST_CAMPAIGNS = 10_000;

    private final EngineStore store;
    private final TimeSource time;
    private final Feeding feeding;
    private final Mailbox<Runnable> box;
    private final Map<CampaignKey, Tended> tended = new HashMap<>();
    private volatile Alarm nextSweep = () -> {};
    private volatile boolean stopped;

    /** What the last look at a campaign saw, and how long after it the next one comes. */
    private record Tended(Instant at, CampaignProgress progress, Duration pause) {}

    /**
     * Does nothing before {@link #start}.
     *
     * @param executor may block on the store
     * @param whenDue told of orders that may be dialled now
     * @param cancelOrder cancels an order at whatever point it is
     */
    public CampaignFeeder(
            EngineStore store,
            TimeSource time,
            Executor executor,
            OrderMaker maker,
            Consumer<OrderKey> whenDue,
            Consumer<OrderKey> cancelOrder) {
        this.store = store;
        this.time = time;
        this.feeding = new Feeding(store, time, maker, whenDue, cancelOrder);
        this.box = new Mailbox<>(executor, Runnable::run);
    }

    /** Begins to make up for missing jobs. */
    public void start() {
        box.post(this::sweep);
    }

    public void stop() {
        stopped = true;
        nextSweep.cancel();
    }

    /** A campaign's job is due. */
    public void onJob(Job job) {
        wake(new CampaignKey(job.order().tenant(), job.order().id()));
    }

    /** Looks at a campaign now. */
    void wake(CampaignKey key) {
        box.post(() -> look(key, SHORTEST));
    }

    private void look(CampaignKey key, Duration patience) {
        if (stopped) {
            return;
        }
        try {
            switch (feeding.look(key)) {
                case MORE -> again(key, Duration.ZERO);
                case LATER -> again(key, pause(key));
                case NOTHING -> tended.remove(key);
            }
        } catch (RuntimeException fault) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "campaign=" + key.id() + " could not be looked after, again in " + patience,
                    fault);
            Duration doubled = patience.multipliedBy(2);
            Duration next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
            Alarm unused = time.schedule(patience, () -> box.post(() -> look(key, next)));
        }
    }

    private Duration pause(CampaignKey key) {
        CampaignProgress progress = store.campaigns().progress(key);
        Tended before = tended.get(key);
        Duration pause = SHORTEST;
        if (before != null && before.progress().equals(progress)) {
            Duration doubled = before.pause().multipliedBy(2);
            pause = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        }
        tended.put(key, new Tended(time.instant(), progress, pause));
        return pause;
    }

    private void again(CampaignKey key, Duration pause) {
        store.jobs()
                .schedule(Job.campaign(key.tenant(), key.id(), time.instant().plus(pause)));
    }

    private void sweep() {
        if (stopped) {
            return;
        }
        nextSweep = time.schedule(SWEEP, () -> box.post(this::sweep));
        try {
            Instant now = time.instant();
            tended.values().removeIf(last -> last.at().plus(TENDED).isBefore(now));
            store.campaigns().active(MOST_CAMPAIGNS).stream()
                    .filter(key -> !tended.containsKey(key))
                    .forEach(key -> again(key, Duration.ZERO));
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.WARNING, "a search for campaigns failed; the next one comes", fault);
        }
    }
}
