package dev.revox.bench.sim;

import dev.revox.store.EngineStore;
import dev.revox.store.jdbc.JdbcStore;
import dev.revox.testkit.sim.SimFaults;
import dev.revox.testkit.sim.SimWorld;
import dev.revox.testkit.sim.SimWorldBuilder;
import dev.revox.testkit.sim.database.DatabaseFaults;
import dev.revox.testkit.sim.database.FaultyDatabase;
import dev.revox.testkit.sim.node.StoreDoor;
import java.time.Duration;
import java.util.Map;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * A world whose nodes share a database in memory, each over a way of its own that breaks.
 *
 * <p><b>Thread:</b> Confined to one thread.
 */
final class JdbcWorld implements AutoCloseable {
    /** Each look for jobs of others is a statement, and virtual days are long. */
    private static final Duration POLL = Duration.ofSeconds(30);

    /** Outages strike where the store connects; commits of unknown outcome are made there too. */
    private static final SimFaults FAULTS =
            new SimFaults(Duration.ofHours(6), Duration.ofHours(4), Duration.ofHours(24), Duration.ofHours(8), 20, 0);

    private final long seed;
    private final JdbcConnectionPool pool;
    private final FaultyDatabase database;

    JdbcWorld(long seed) {
        this.seed = seed;
        this.pool = JdbcConnectionPool.create("jdbc:h2:mem:sim-" + seed + ";DB_CLOSE_DELAY=-1;QUERY_CACHE_SIZE=200", "", "");
        this.database = new FaultyDatabase(pool, DatabaseFaults.ALL);
        JdbcStore.builder().dataSource(pool).applySchema().build().close();
    }

    SimWorldBuilder world(int orders) {
        return SimWorld.builder(seed).nodes(3).orders(orders).faults(FAULTS).stores(this::store);
    }

    private EngineStore store(StoreDoor door) {
        return JdbcStore.builder()
                .dataSource(database.source(door))
                .executor(door.executor())
                .pollInterval(POLL)
                .build();
    }

    /** What broke on the way to the database, and how often. */
    Map<String, Integer> faults() {
        return database.counts();
    }

    /** Lets go of the database and all that is in it. */
    @Override
    public void close() {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            boolean unused = statement.execute("SHUTDOWN");
        } catch (java.sql.SQLException closing) {
            // SHUTDOWN takes its own connection with it.
        }
        pool.dispose();
    }
}
