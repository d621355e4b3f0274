package dev.revox.testkit.sim;

import dev.revox.RevoxException;
import dev.revox.testkit.sim.node.NodeTime;
import dev.revox.testkit.sim.node.StoreWeather;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What one life of a node meets on its way to the store. While it waits for the store the rest of the world goes on, other
 * threads of the same node included: that is how two nodes come to race between a read and a write.
 *
 * <p><b>Thread:</b> Confined to the thread that drives the world.
 */
final class Weather implements StoreWeather {
    /** What happens at the node's next commit. */
    enum Ambush {
        NONE,
        DIES_BEFORE,
        DIES_AFTER,
        PAUSES_BEFORE,
        PAUSES_AFTER
    }

    /** How deep waits may stand within each other; beyond that nobody waits. */
    private static final int DEEPEST = 4;

    private static final int CHANCES_TO_CONNECT_SLOWLY = 2;

    /** Shared by all nodes of a world. */
    static final class Depth {
        private int depth;
    }

    private final ManualTime world;
    private final NodeTime time;
    private final SimFaults faults;
    private final RandomGenerator random;
    private final Depth depth;
    private final Runnable crash;
    private final java.util.function.Consumer<Duration> pause;
    private Ambush ambush = Ambush.NONE;
    private boolean outage;
    private boolean calm;
    private boolean open;
    private boolean wired;
    private boolean hurried;

    Weather(
            ManualTime world,
            NodeTime time,
            SimFaults faults,
            RandomGenerator random,
            Depth depth,
            Runnable crash,
            java.util.function.Consumer<Duration> pause) {
        this.world = world;
        this.time = time;
        this.faults = faults;
        this.random = random;
        this.depth = depth;
        this.crash = crash;
        this.pause = pause;
    }

    void lay(Ambush what) {
        ambush = what;
    }

    void outage(boolean on) {
        outage = on;
    }

    /** From here on things may go wrong behind the store; a node starts in peace. */
    void open() {
        open = true;
    }

    /** Nothing goes wrong any more. */
    void calm() {
        calm = true;
        outage = false;
        ambush = Ambush.NONE;
    }

    @Override
    public void before(Deal deal) {
        // A store with connections of its own is cut off where it connects.
        wired |= deal == Deal.CONNECT;
        refuse(deal == Deal.CONNECT || !wired);
        switch (deal) {
            case REGISTER -> hurried = true;
            case COMMIT -> {
                spring(Ambush.DIES_BEFORE, Ambush.PAUSES_BEFORE);
                dawdle(faults.slowOfThousand());
            }
            case READ -> dawdle(1);
            case CONNECT -> {
                if (open && !hurried) {
                    dawdle(CHANCES_TO_CONNECT_SLOWLY);
                }
            }
        }
    }

    @Override
    public void after(Deal deal) {
        if (deal == Deal.COMMIT) {
            spring(Ambush.DIES_AFTER, Ambush.PAUSES_AFTER);
            dawdle(faults.slowOfThousand());
            if (!calm && random.nextInt(1000) < faults.unknownOfThousand()) {
                throw new RevoxException("the connection broke during the commit", true);
            }
        }
        failed(deal);
        if (time.crashed()) {
            refuse(false);
        }
    }

    @Override
    public void failed(Deal deal) {
        if (deal == Deal.REGISTER) {
            hurried = false;
        }
    }

    @Override
    public boolean strikes(int ofTenThousand) {
        return open && !calm && ofTenThousand > 0 && random.nextInt(10_000) < ofTenThousand;
    }

    private void refuse(boolean byOutage) {
        if (time.crashed()) {
            throw new RevoxException("this node is dead", true);
        }
        if (outage && byOutage) {
            throw new RevoxException("the store cannot be reached", true);
        }
    }

    private void spring(Ambush dies, Ambush pauses) {
        if (ambush == dies) {
            ambush = Ambush.NONE;
            crash.run();
            refuse(false);
        } else if (ambush == pauses && depth.depth < DEEPEST) {
            ambush = Ambush.NONE;
            Duration howLong = Duration.ofMillis(2_000 + random.nextInt(118_000));
            pause.accept(howLong);
            stand(howLong);
        }
    }

    private void dawdle(int ofThousand) {
        if (calm || depth.depth >= DEEPEST || faults.slowOfThousand() == 0) {
            return;
        }
        if (random.nextInt(1000) < ofThousand) {
            boolean verySlow = random.nextInt(50) == 0;
            stand(Duration.ofMillis(verySlow ? 5_000 + random.nextInt(85_000) : 1 + random.nextInt(300)));
            refuse(true);
        }
    }

    /** The calling thread waits, and with it the frames below; everybody else goes on. */
    private void stand(Duration howLong) {
        depth.depth++;
        try {
            world.advance(howLong);
            while (time.paused()) {
                world.advance(Duration.ofMillis(100));
            }
        } finally {
            depth.depth--;
        }
    }
}
