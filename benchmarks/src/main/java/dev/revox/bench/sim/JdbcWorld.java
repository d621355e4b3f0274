package dev.revox.bench.sim;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
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
    private final HikariDataSource pool;
    private final FaultyDatabase database;

    JdbcWorld(long seed) {
        this.seed = seed;
        // Two, because the tables are made under a lock that another connection holds; the database's own pool forgets
        // statements.
        HikariConfig settings = new HikariConfig();
        settings.setJdbcUrl("jdbc:h2:mem:sim-" + seed + ";QUERY_CACHE_SIZE=200");
        settings.setMinimumIdle(1);
        settings.setMaximumPoolSize(2);
        settings.setMaxLifetime(0);
        this.pool = new HikariDataSource(settings);
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

    /** The database goes with its last connection. */
    @Override
    public void close() {
        pool.close();
    }
}
