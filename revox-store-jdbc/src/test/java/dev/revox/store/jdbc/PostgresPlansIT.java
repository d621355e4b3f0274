package dev.revox.store.jdbc;

import static dev.revox.testkit.contract.store.Rows.NOON;
import static dev.revox.testkit.contract.store.Rows.calling;
import static dev.revox.testkit.contract.store.Rows.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.revox.order.OrderStatus;
import dev.revox.order.TenantKey;
import dev.revox.phone.PhoneNumber;
import dev.revox.store.EngineStore;
import dev.revox.store.StoreUnavailableException;
import dev.revox.store.StoreUnavailableException.Reason;
import dev.revox.store.StoredOrder;
import dev.revox.store.Transition;
import dev.revox.store.jdbc.server.SpiedSource;
import dev.revox.store.jdbc.server.TestDatabase;
import dev.revox.store.search.OrderQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is particular to PostgreSQL: plans, isolation levels, standbys. */
class PostgresPlansIT {
    private final TestDatabase database = TestDatabase.postgres();

    @BeforeEach
    void make_the_tables() {
        database.store().close();
    }

    @AfterEach
    void drop_the_database() {
        database.close();
    }

    /** Twenty thousand orders, nearly all of them in the future: no question reads them one by one. */
    @Test
    void no_question_reads_whole_tables() throws SQLException {
        StoredOrder template =
                order("template", order -> order.metadata("list", "May").idempotencyKey("key"));
        try (EngineStore store = database.store()) {
            store.commit(Transition.insert(template));
        }
        run("INSERT INTO revox_order SELECT tenant, 'order-' || n, 'SCHEDULED', paused, reported, version, fence,"
                + " due_at + n * 1000000000::bigint, '+1415555' || (n % 9999), NULL, NULL, 'key-' || n, 'campaign-' || n % 50,"
                + " outcome, outcome_summary, created_at + n, updated_at, snapshot, body"
                + " FROM revox_order, generate_series(1, 20000) n");
        run("INSERT INTO revox_order_tag SELECT tenant, n % 1000, created_at + n, 'order-' || n"
                + " FROM revox_order_tag, generate_series(1, 20000) n");
        run("INSERT INTO revox_job SELECT 'revox-attempt', '~/order-' || n || '/order-' || n, NULL,"
                + " now() + n * interval '1 second', FALSE, NULL, NULL, NULL, NULL, NULL, 1, NULL"
                + " FROM generate_series(1, 20000) n");
        run("INSERT INTO revox_attempt SELECT '', 'order-' || n, 'a', 0, FALSE, 'here', 1, 'trunk', 'desk', NULL,"
                + " '+1415555' || (n % 9999), n, '{}' FROM generate_series(1, 20000) n");
        run("VACUUM ANALYZE");
        SpiedSource spied = new SpiedSource(database.source());
        try (EngineStore store = JdbcStore.builder().dataSource(spied.source()).build()) {
            spied.explainFromHereOn();
            assertThat(store.dialable(NOON, 10)).isEmpty();
            assertThat(store.overdue(NOON, 10)).isNotEmpty();
            assertThat(store.unreported(NOON, 10)).isEmpty();
            assertThat(store.orphans(10)).isEmpty();
            assertThat(store.liveAttempts(new TenantKey(Optional.empty(), "desk"), NOON))
                    .isZero();
            assertThat(store.attemptStarts(Optional.empty(), PhoneNumber.of("+14155550"), NOON))
                    .isEmpty();
            assertThat(store.orderByIdempotencyKey(new TenantKey(Optional.empty(), "key")))
                    .contains(template);
            OrderQuery.Builder all = OrderQuery.of(Optional.empty()).limit(5);
            assertThat(store.search(all.build()).orders()).hasSize(5);
            assertThat(store.search(all.campaign("campaign-7").build()).orders())
                    .hasSize(5);
            assertThat(store.search(OrderQuery.of(Optional.empty())
                                    .status(OrderStatus.CALLING)
                                    .build())
                            .orders())
                    .isEmpty();
            assertThat(store.search(OrderQuery.of(Optional.empty())
                                    .metadata("list", "May")
                                    .build())
                            .orders())
                    .hasSize(1);
        }

        assertThat(spied.plans()).hasSizeGreaterThan(10);
        assertThat(spied.plans())
                .allSatisfy(plan -> assertThat(plan)
                        .doesNotContain("Seq Scan on revox_order")
                        .doesNotContain("Seq Scan on revox_job")
                        .doesNotContain("Seq Scan on revox_attempt"));
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            boolean unused = statement.execute(sql);
        }
    }

    @Test
    void a_database_that_takes_no_changes_says_so() throws SQLException {
        StoredOrder row = order("1");
        try (EngineStore store = database.store()) {
            store.commit(Transition.insert(row));
        }
        SpiedSource standby = new SpiedSource(database.source());
        standby.runFirst("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY");
        try (EngineStore store =
                JdbcStore.builder().dataSource(standby.source()).build()) {
            StoreUnavailableException refused = catchThrowableOfType(
                    StoreUnavailableException.class, () -> store.commit(Transition.change(row, calling(row))));
            assertThat(refused.reason()).isEqualTo(Reason.READ_ONLY);
            assertThat(refused.retryable()).isTrue();
            assertThat(store.order(row.key())).contains(row);
        }
    }

    @Test
    void a_statement_that_takes_too_long_is_given_up() throws Exception {
        StoredOrder row = order("1");
        try (EngineStore store = JdbcStore.builder()
                        .dataSource(database.source())
                        .queryTimeout(Duration.ofSeconds(1))
                        .build();
                Connection busy = database.source().getConnection()) {
            store.commit(Transition.insert(row));
            busy.setAutoCommit(false);
            try (Statement statement = busy.createStatement()) {
                boolean unused = statement.execute("SELECT 1 FROM revox_order FOR UPDATE");
            }
            StoreUnavailableException slow = catchThrowableOfType(
                    StoreUnavailableException.class, () -> store.commit(Transition.change(row, calling(row))));
            assertThat(slow.reason()).isEqualTo(Reason.TIMEOUT);
            busy.rollback();
            busy.setAutoCommit(true);
            store.commit(Transition.change(row, calling(row)));
        }
    }
}
