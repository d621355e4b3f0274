package dev.revox.bench.store;

import dev.revox.job.Job;
import dev.revox.store.jdbc.JdbcStore;
import dev.revox.time.SystemTime;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;

/**
 * The store on PostgreSQL: {@code place} against plain inserts, {@code claim} of orders that are due at once, {@code future}:
 * whether orders of the future make pick-up slower. The server runs on this machine, on loopback, and waits for the disk at
 * every commit.
 */
public final class StoreHarness {
    private static final int ROUNDS = 5;
    private static final int PLACED = 1000;
    private static final int PICKED_UP = 200;
    private static final int FEW = 1000;

    private StoreHarness() {}

    /**
     * Measures and prints one table.
     *
     * @param what {@code place}, {@code claim} or {@code future}
     * @param orders due at once, or in the future
     */
    public static void run(String what, int orders, PrintStream out) throws InterruptedException {
        try (EmbeddedPostgres server = BenchDatabase.server()) {
            switch (what) {
                case "place" -> place(server, out);
                case "claim" -> claim(server, orders, out);
                case "future" -> future(server, orders, out);
                default -> out.println("what to measure must be place, claim or future");
            }
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void place(EmbeddedPostgres server, PrintStream out) {
        try (BenchDatabase database = BenchDatabase.of(server, "place");
                JdbcStore store = database.store()) {
            PlaceRun run = new PlaceRun(database, store, PLACED);
            Rounds rounds = Rounds.of(ROUNDS, run::throughTheStore, run::plainly);
            out.println("| one thread, " + ROUNDS + " x " + PLACED + " | store | plain JDBC | ratio (spread) | goal |");
            out.println("|---|---|---|---|---|");
            rounds.print(out, "orders placed per second", ">= 0.50");
        }
    }

    private static void claim(EmbeddedPostgres server, int orders, PrintStream out) throws InterruptedException {
        List<Double> rates = new ArrayList<>();
        try (BenchDatabase database = BenchDatabase.of(server, "claim")) {
            for (int round = 0; round < 3; round++) {
                database.fill("due-" + round + "-", orders, "now() - interval '1 hour'");
                rates.add(ClaimRun.perSecond(database, orders));
            }
        }
        out.println("| " + orders + " orders due at once, one node, 3 rounds | median | goal |");
        out.println("|---|---|---|");
        out.printf("| delivered, read and handed over per second | %.0f | >= 2000 |%n", Rounds.median(rates));
    }

    private static void future(EmbeddedPostgres server, int orders, PrintStream out) {
        try (BenchDatabase many = BenchDatabase.of(server, "many");
                BenchDatabase few = BenchDatabase.of(server, "few");
                SystemTime time = SystemTime.start();
                JdbcStore manyStore = many.store();
                JdbcStore fewStore = few.store()) {
            many.fill("later-", orders, "now() + interval '1 day' + n * interval '1 second'");
            few.fill("later-", FEW, "now() + interval '1 day' + n * interval '1 second'");
            BlockingQueue<Job> fromMany = ClaimRun.queue();
            BlockingQueue<Job> fromFew = ClaimRun.queue();
            manyStore.jobs().start(time, fromMany::add);
            fewStore.jobs().start(time, fromFew::add);
            Rounds rounds = Rounds.of(
                    ROUNDS,
                    () -> ClaimRun.pickUpMillis(manyStore, fromMany, time, PICKED_UP),
                    () -> ClaimRun.pickUpMillis(fewStore, fromFew, time, PICKED_UP));
            out.println("| beside orders of the future, " + ROUNDS + " x " + PICKED_UP + " | " + orders + " | " + FEW
                    + " | ratio (spread) | goal |");
            out.println("|---|---|---|---|---|");
            rounds.print(out, "ms from the commit of a job that is due to its delivery, median", "<= 1.30");
        }
    }
}
