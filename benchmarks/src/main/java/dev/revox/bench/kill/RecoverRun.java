package dev.revox.bench.kill;

import dev.revox.bench.far.FarEnd;
import dev.revox.bench.far.Said;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * One engine with many calls that ring, killed, and the next one under its name: how long until every order goes on.
 *
 * <p>An engine dials a hundred of them and is killed; the database makes the others as copies of their rows.
 */
final class RecoverRun {
    private static final int DIALLED = 100;
    private static final int LOOK_MS = 20;
    private static final long LONGEST_NANOS = 60_000_000_000L;

    private RecoverRun() {}

    /** True when every attempt was closed within the limit. */
    static boolean run(World world, int orders, double limitSeconds, PrintStream out) throws InterruptedException {
        Ledger ledger = new Ledger();
        int copies = orders / DIALLED - 1;
        int all = DIALLED * (copies + 1);
        EngineProcess first = EngineProcess.start(world, "a", FarEnd.Manner.SILENT, 1, ledger);
        first.go(0, DIALLED, 0);
        long began = System.nanoTime();
        while (ledger.invited() < DIALLED) {
            patient(began, "calls are placed");
        }
        first.kill();
        copy(world.where(), copies);

        EngineProcess second = EngineProcess.start(world, "a", FarEnd.Manner.SILENT, 2, ledger);
        second.go(all, 0, 0);
        long building = second.await(Said.BUILDING);
        long ready = second.await(Said.READY);
        while (ledger.lost() < all) {
            patient(building, "attempts are closed, " + ledger.lost() + " of them");
        }
        double seconds = (ledger.lastLostNanos() - building) / 1e9;
        second.kill();
        check(world.where(), all);
        out.println("| orders in a call | engine ready after | all closed and planned anew after | goal |");
        out.println("|---|---|---|---|");
        out.printf("| %d | %.2f s | %.2f s | < %.0f s |%n", all, (ready - building) / 1e9, seconds, limitSeconds);
        return seconds < limitSeconds;
    }

    private static void patient(long sinceNanos, String what) throws InterruptedException {
        if (System.nanoTime() - sinceNanos > LONGEST_NANOS) {
            throw new IllegalStateException("waited a minute until " + what);
        }
        Thread.sleep(LOOK_MS);
    }

    private static void copy(String url, int copies) {
        String numbers = ", generate_series(1, " + copies + ") n";
        on(url, statement -> {
            int orders =
                    statement.executeUpdate("INSERT INTO revox_order SELECT tenant, id || '-' || n, status, paused,"
                            + " reported, version, fence, due_at, to_number, concurrency_key, concurrency_max, NULL, campaign_id,"
                            + " outcome, outcome_summary, created_at, updated_at, snapshot, replace(body, id, id || '-' || n)"
                            + " FROM revox_order" + numbers);
            int attempts = statement.executeUpdate("INSERT INTO revox_attempt SELECT tenant, order_id || '-' || n,"
                    + " id || '-' || n, seq, live, owner_name, owner_life, line, concurrency_key, holds_until, to_number,"
                    + " started_at, replace(body, id, id || '-' || n) FROM revox_attempt" + numbers);
            if (orders != attempts) {
                throw new IllegalStateException(orders + " orders, but " + attempts + " attempts");
            }
            boolean unused = statement.execute("VACUUM ANALYZE");
        });
    }

    /** Every order waits for the horizon of its attempt, and has a job for it. */
    private static void check(String url, int all) {
        on(url, statement -> {
            try (var rows = statement.executeQuery("SELECT COUNT(*) FROM revox_order o JOIN revox_attempt a"
                    + " ON a.tenant = o.tenant AND a.order_id = o.id AND NOT a.live"
                    + " JOIN revox_job j ON j.task_name = 'revox-attempt' AND j.execution_time > now()"
                    + " AND j.task_instance = '~/' || o.id || '/' || o.id"
                    + " WHERE o.status = 'SCHEDULED' AND o.due_at >= a.holds_until")) {
                boolean unused = rows.next();
                if (rows.getInt(1) != all) {
                    throw new IllegalStateException("only " + rows.getInt(1) + " orders are planned anew");
                }
            }
        });
    }

    private interface Sql {
        void on(Statement statement) throws SQLException;
    }

    private static void on(String url, Sql work) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            work.on(statement);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
