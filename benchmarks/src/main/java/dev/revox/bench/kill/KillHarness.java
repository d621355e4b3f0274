package dev.revox.bench.kill;

import dev.revox.store.EngineStore;
import java.io.PrintStream;
import java.util.List;

/**
 * Engines that are killed without warning, {@code kill -9} each: at random moments while they call people, on {@code postgres} two
 * at once and on {@code h2} one at a time, and what was lost or done twice; and how soon the calls of one that was killed go on, {@code
 * recover}.
 */
public final class KillHarness {
    private static final double RECOVERY_LIMIT_SECONDS = 2;
    private static final int MOST_PRINTED = 20;

    private KillHarness() {}

    /**
     * Runs one of them and prints a table.
     *
     * @param what {@code postgres}, {@code h2} or {@code recover}
     * @param number kills, or orders
     * @param seed of the moments and of what people do
     * @return false when a promise was broken
     */
    public static boolean run(String what, int number, long seed, PrintStream out) throws InterruptedException {
        return switch (what) {
            case "postgres", "h2" -> {
                try (World world = what.equals("h2") ? World.h2() : World.postgres()) {
                    yield kill(world, what, number, seed, true, out);
                }
            }
            case "recover" -> {
                try (World world = World.postgres()) {
                    out.println("log of the engines: " + world.log());
                    yield RecoverRun.run(world, number, RECOVERY_LIMIT_SECONDS, out);
                }
            }
            default -> {
                out.println("what to do must be postgres, h2 or recover");
                yield false;
            }
        };
    }

    /** @param toTheEnd whether calls in doubt are waited for, which takes more than a minute */
    static boolean kill(World world, String what, int kills, long seed, boolean toTheEnd, PrintStream out)
            throws InterruptedException {
        out.println("seed " + seed + ", log of the engines: " + world.log());
        Ledger ledger = new Ledger();
        long began = System.nanoTime();
        int killed = new KillRun(world, ledger, seed, toTheEnd).run(kills);
        double seconds = (System.nanoTime() - began) / 1e9;
        try (EngineStore store = KilledEngine.open(world.where())) {
            Verdict verdict = Verdict.of(ledger, store, toTheEnd);
            int accepted = ledger.accepted().size();
            out.println("| " + what + " | kills | orders accepted | orders stored | INVITEs | attempts in doubt"
                    + " | of these never dialled | reports told twice | lost | duplicate | seconds |");
            out.println("|---|---|---|---|---|---|---|---|---|---|---|");
            out.printf(
                    "| seed %d | %d | %d | %d | %d | %d | %d | %d | %d | %d | %.0f |%n",
                    seed,
                    killed,
                    accepted,
                    verdict.orders(),
                    ledger.invited(),
                    verdict.inDoubt(),
                    verdict.neverInvited(),
                    ledger.toldTwice(),
                    verdict.lost().size(),
                    verdict.duplicates().size(),
                    seconds);
            print("lost", verdict.lost(), out);
            print("duplicate", verdict.duplicates(), out);
            return verdict.lost().isEmpty() && verdict.duplicates().isEmpty() && accepted > 0;
        }
    }

    private static void print(String what, List<String> broken, PrintStream out) {
        broken.stream().limit(MOST_PRINTED).forEach(line -> out.println(what + ": " + line));
    }
}
