package dev.revox.bench.kill;

import dev.revox.bench.far.FarEnd;
import dev.revox.bench.far.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Kills engines at random moments, one after the other, while others of the same world go on; then lets a last one live until nothing
 * is open any more.
 *
 * <p><b>Thread:</b> Confined to one thread.
 */
final class KillRun {
    private static final int NUMBERS_PER_ENGINE = 5000;
    private static final int PLACED_EVERY_MS = 25;
    private static final int PLACED_AGAIN = 3;
    private static final int EARLIEST_MS = 200;
    private static final int LATEST_MS = 1500;
    /** One in so many is killed while it is being built and takes up what the one before has left. */
    private static final int KILLED_EARLY = 5;
    /** One in so many is killed along with all others of its world. */
    private static final int KILLED_TOGETHER = 6;

    private final World world;
    private final Ledger ledger;
    private final Random random;
    private final boolean toTheEnd;
    private final List<EngineProcess> running = new ArrayList<>();
    private final List<EngineProcess> standby = new ArrayList<>();
    private int started;
    private int kills;

    /** @param toTheEnd whether the last engine also waits for the horizons of calls in doubt */
    KillRun(World world, Ledger ledger, long seed, boolean toTheEnd) {
        this.world = world;
        this.ledger = ledger;
        this.random = new Random(seed);
        this.toTheEnd = toTheEnd;
    }

    /** Kills so many engines, or a few more, and gives how many it were. */
    int run(int most) throws InterruptedException {
        for (int node = 0; node < world.nodes().size(); node++) {
            running.add(start(node));
            standby.add(start(node));
            go(node);
        }
        try {
            while (kills < most) {
                int node = random.nextInt(running.size());
                letLive(running.get(node));
                if (random.nextInt(KILLED_TOGETHER) == 0) {
                    for (int each = 0; each < running.size(); each++) {
                        kill(each);
                    }
                    for (int each = 0; each < running.size(); each++) {
                        replace(each);
                    }
                } else {
                    kill(node);
                    replace(node);
                }
            }
            settle();
        } finally {
            for (EngineProcess left : standby) {
                left.kill();
            }
            for (EngineProcess left : running) {
                left.kill();
            }
        }
        return kills;
    }

    private EngineProcess start(int node) {
        return EngineProcess.start(world, world.nodes().get(node), FarEnd.Manner.LIVELY, random.nextLong(), ledger);
    }

    private void go(int node) {
        started++;
        running.get(node).go(started * NUMBERS_PER_ENGINE, NUMBERS_PER_ENGINE, PLACED_EVERY_MS);
        ledger.toPlaceAgain(PLACED_AGAIN).forEach(number -> running.get(node).tell("again " + number));
    }

    private void letLive(EngineProcess engine) throws InterruptedException {
        boolean early = random.nextInt(KILLED_EARLY) == 0;
        long since = engine.await(early ? Said.BUILDING : Said.READY);
        int lives = early ? random.nextInt(EARLIEST_MS * 2) : random.nextInt(EARLIEST_MS, LATEST_MS);
        long left = since + lives * 1_000_000L - System.nanoTime();
        Thread.sleep(Math.max(0, left / 1_000_000));
    }

    private void kill(int node) throws InterruptedException {
        running.get(node).kill();
        kills++;
    }

    private void replace(int node) {
        running.set(node, standby.get(node));
        standby.set(node, start(node));
        go(node);
    }

    /** One engine is left, and places no more. */
    private void settle() throws InterruptedException {
        for (int node = 1; node < running.size(); node++) {
            kill(node);
        }
        kill(0);
        running.set(0, standby.getFirst());
        standby.set(0, start(0));
        EngineProcess last = running.getFirst();
        last.go(0, 0, 0);
        ledger.toPlaceAgain(PLACED_AGAIN).forEach(number -> last.tell("again " + number));
        last.tell(toTheEnd ? "settle" : "settle-but-doubt");
        long unused = last.await(Said.IDLE);
    }
}
