package dev.revox.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.revox.order.OrderStatus;
import dev.revox.testkit.sim.SimFaults;
import dev.revox.testkit.sim.SimReport;
import dev.revox.testkit.sim.SimWorld;
import dev.revox.testkit.sim.database.DatabaseFaults;
import dev.revox.testkit.sim.database.FaultyDatabase;
import dev.revox.testkit.sim.node.StoreDoor;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole engines for three hours and three calm ones, on a database the way to which breaks. The seed is in the test's name. */
class SimulationIT {
    private static final Logger LOG = Logger.getLogger("dev.revox");
    private static final Logger LOG_OF_JOBS = Logger.getLogger("com.github.kagkarlsson");
    private static final Duration HOURLY = Duration.ofHours(1);

    /** Each of the order's commits counts here: a world is small, and must meet every fault. */
    private static final DatabaseFaults OFTEN = new DatabaseFaults(50, 20, 40, 100, 100, 100);

    private HikariDataSource database;

    @BeforeEach
    void open_database() {
        LOG.setLevel(Level.OFF);
        LOG_OF_JOBS.setLevel(Level.OFF);
        HikariConfig settings = new HikariConfig();
        settings.setJdbcUrl("jdbc:h2:mem:simulation;QUERY_CACHE_SIZE=200");
        settings.setMinimumIdle(1);
        settings.setMaximumPoolSize(2);
        settings.setMaxLifetime(0);
        database = new HikariDataSource(settings);
        JdbcStore.builder().dataSource(database).applySchema().build().close();
    }

    @AfterEach
    void close_database() {
        database.close();
        LOG.setLevel(null);
        LOG_OF_JOBS.setLevel(null);
    }

    @ParameterizedTest
    @ValueSource(longs = 1)
    void every_promise_is_kept_on_three_nodes_whose_way_to_the_database_breaks(long seed) {
        FaultyDatabase faulty = new FaultyDatabase(database, OFTEN);
        SimReport report = SimWorld.builder(seed)
                .nodes(3)
                .orders(50)
                .lasting(Duration.ofHours(3))
                .faults(new SimFaults(HOURLY, HOURLY, Duration.ofHours(8), HOURLY, 20, 0))
                .stores(door -> store(faulty.source(door), door))
                .build()
                .run();

        assertThat(report.violations()).isEmpty();
        assertThat(report.faults()).containsKeys("crash", "pause", "outage");
        assertThat(report.orders().get(OrderStatus.COMPLETED)).isGreaterThan(5);
        assertThat(faulty.counts())
                .containsKeys(
                        "refused",
                        "broken before a statement",
                        "broken behind a statement",
                        "contended",
                        "lost commit",
                        "unanswered commit",
                        "broken behind a commit");
        assertThat(faulty.open()).isZero();
    }

    private static JdbcStore store(DataSource source, StoreDoor door) {
        return JdbcStore.builder()
                .dataSource(source)
                .executor(door.executor())
                .pollInterval(Duration.ofSeconds(30))
                .build();
    }
}
