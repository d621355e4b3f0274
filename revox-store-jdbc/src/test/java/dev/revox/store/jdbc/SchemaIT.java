package dev.revox.store.jdbc;

import static dev.revox.testkit.contract.store.Rows.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.revox.RevoxException;
import dev.revox.store.StoreUnavailableException;
import dev.revox.store.StoreUnavailableException.Reason;
import dev.revox.store.StoredOrder;
import dev.revox.store.Transition;
import dev.revox.store.jdbc.server.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who makes the tables, and what happens when they are missing or others. */
class SchemaIT {
    static Stream<Supplier<TestDatabase>> databases() {
        return Stream.of(TestDatabase::h2, TestDatabase::postgres);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void without_tables_the_store_says_how_to_make_them(Supplier<TestDatabase> kind) {
        try (TestDatabase database = kind.get()) {
            StoreUnavailableException missing = catchThrowableOfType(
                    StoreUnavailableException.class,
                    () -> JdbcStore.builder().dataSource(database.source()).build());

            assertThat(missing.reason()).isEqualTo(Reason.SCHEMA);
            assertThat(missing.retryable()).isFalse();
            assertThat(missing).hasMessageContaining("applySchema()");
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void nodes_that_start_together_make_the_tables_once(Supplier<TestDatabase> kind) throws Exception {
        try (TestDatabase database = kind.get();
                ExecutorService threads = Executors.newFixedThreadPool(6)) {
            List<Callable<Boolean>> starts = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                starts.add(() -> {
                    database.store().close();
                    return true;
                });
            }
            for (Future<Boolean> start : threads.invokeAll(starts)) {
                assertThat(start.get()).isTrue();
            }
            assertThat(number(database, "SELECT COUNT(*) FROM revox_schema WHERE version = 1"))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void tables_can_stand_in_a_schema_of_their_own(Supplier<TestDatabase> kind) throws SQLException {
        try (TestDatabase database = kind.get()) {
            JdbcStore store = JdbcStore.builder()
                    .dataSource(database.source())
                    .schema("calls")
                    .applySchema()
                    .build();
            StoredOrder row = order("1", order -> order.metadata("list", "May"));
            store.commit(Transition.insert(row));
            store.close();

            assertThat(number(database, "SELECT COUNT(*) FROM calls.revox_order"))
                    .isEqualTo(1);
            assertThat(number(database, "SELECT COUNT(*) FROM calls.revox_calls WHERE created IS NOT NULL"))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void tables_of_a_newer_version_are_left_alone(Supplier<TestDatabase> kind) throws SQLException {
        try (TestDatabase database = kind.get()) {
            database.store().close();
            try (Connection connection = database.source().getConnection();
                    Statement statement = connection.createStatement()) {
                int unused = statement.executeUpdate("INSERT INTO revox_schema (version) VALUES (99)");
            }

            assertThatThrownBy(database::store)
                    .isInstanceOf(RevoxException.class)
                    .hasMessageContaining("99")
                    .hasMessageContaining("newer");
        }
    }

    private static int number(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getInt(1);
        }
    }
}
