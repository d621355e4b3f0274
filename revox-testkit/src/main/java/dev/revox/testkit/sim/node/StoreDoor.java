package dev.revox.testkit.sim.node;

import dev.revox.testkit.sim.node.StoreWeather.Deal;
import java.util.concurrent.Executor;

/**
 * Where one life of one node goes out to its store: what whoever opens that store needs of the world. A store that keeps its rows
 * behind connections of its own tells here when it connects and when it has committed.
 *
 * <p><b>Thread:</b> Confined to the thread that drives the world.
 */
public final class StoreDoor {
    private final String node;
    private final NodeTime time;
    private final StoreWeather weather;
    private boolean committed;

    /** @param node its name */
    public StoreDoor(String node, NodeTime time, StoreWeather weather) {
        this.node = node;
        this.time = time;
        this.weather = weather;
    }

    /** The node's name, which it may have had in an earlier life. */
    public String node() {
        return node;
    }

    /** Where the node's tasks run. */
    public Executor executor() {
        return time;
    }

    /**
     * A connection is wanted. The world may go on meanwhile, so the caller holds nothing.
     *
     * @throws dev.revox.RevoxException when there is none
     */
    public void connecting() {
        try {
            weather.before(Deal.CONNECT);
        } finally {
            // Whatever other threads of the node have done meanwhile.
            committed = false;
        }
    }

    /** Whether something happens now that happens so often. */
    public boolean strikes(int ofTenThousand) {
        return weather.strikes(ofTenThousand);
    }

    /** A transaction has come through, whatever the node will hear of it. */
    public void committed() {
        committed = true;
    }

    StoreWeather weather() {
        return weather;
    }

    void forget() {
        committed = false;
    }

    /** Whether the last connection's transaction came through. */
    boolean cameThrough() {
        return committed;
    }
}
