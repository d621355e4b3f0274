package dev.revox.sip.trunk;

import dev.revox.time.TimeSource;
import java.util.List;

/** One trunk at work: its plan, and what has been learned of it since the line was started. <b>Thread:</b> Thread-safe. */
public final class Trunk {

    /** So many pings in a row without any answer, and it counts as down. */
    static final int MISSES_TO_DOWN = 3;

    private static final System.Logger LOG = System.getLogger("dev.revox.sip.trunk");

    private final TrunkPlan plan;
    private final Pace pace;
    private final Channels channels;
    private volatile Runnable changed = () -> {};
    private int misses;
    private volatile boolean down;
    private volatile List<String> serviceRoute = List.of();

    /** A trunk that counts its own calls. */
    public Trunk(TrunkPlan plan, TimeSource time) {
        this(plan, time, plan.capacity());
    }

    private Trunk(TrunkPlan plan, TimeSource time, TrunkPlan.Capacity counted) {
        this.plan = plan;
        this.pace = new Pace(time);
        this.channels = new Channels(counted, time);
    }

    /** The trunk that calls usually go out by, whose calls the engine counts, for all lines together. */
    public static Trunk countedByEngine(TrunkPlan plan, TimeSource time) {
        return new Trunk(plan, time, new TrunkPlan.Capacity(0, 0, 0));
    }

    public TrunkPlan plan() {
        return plan;
    }

    Pace pace() {
        return pace;
    }

    Channels channels() {
        return channels;
    }

    /** True when it has not answered the last three pings. Other trunks are tried first then. */
    public boolean down() {
        return down;
    }

    /** Who is told when it goes down and when it answers again. Must not block. */
    public void onChange(Runnable told) {
        changed = told;
    }

    /** It answered, whatever it said. */
    public void heard() {
        synchronized (this) {
            misses = 0;
            if (!down) {
                return;
            }
            down = false;
        }
        LOG.log(System.Logger.Level.INFO, () -> "trunk " + plan.name() + " answers again");
        changed.run();
    }

    /** It did not answer a ping. */
    public void missed() {
        synchronized (this) {
            misses++;
            if (misses != MISSES_TO_DOWN) {
                return;
            }
            down = true;
        }
        LOG.log(
                System.Logger.Level.WARNING,
                () -> "trunk " + plan.name() + " has not answered " + MISSES_TO_DOWN + " pings and counts as down");
        changed.run();
    }

    /** How it is doing. */
    public TrunkStatus status(boolean registered) {
        return new TrunkStatus(plan.name(), down, registered, pace.perSecond());
    }

    /** RFC 3608: the route that the registrar wants. */
    public void serviceRoute(List<String> route) {
        serviceRoute = List.copyOf(route);
    }

    public List<String> serviceRoute() {
        return serviceRoute;
    }
}
