package dev.revox.store.jdbc;

import static dev.revox.testkit.contract.store.Rows.NOON;
import static dev.revox.testkit.contract.store.Rows.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.RevoxException;
import dev.revox.job.Job;
import dev.revox.order.OrderKey;
import dev.revox.order.OrderStatus;
import dev.revox.store.HistoryEntry;
import dev.revox.store.StoredOrder;
import dev.revox.store.Transition;
import dev.revox.store.jdbc.server.KilledWriter;
import dev.revox.time.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store in a folder. */
class EmbeddedStoreIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void orders_and_jobs_outlive_the_store() {
        ManualTime time = ManualTime.startingAt(NOON);
        StoredOrder row = order("1");
        Job job = Job.attempt(row.key(), NOON.plusSeconds(60));
        try (JdbcStore store = JdbcStore.embedded(folder.resolve("made/here"))) {
            store.commit(Transition.insert(row).with(job));
        }
        List<Job> delivered = new ArrayList<>();
        try (JdbcStore store = JdbcStore.builder()
                .folder(folder.resolve("made/here"))
                .executor(time)
                .build()) {
            store.jobs().start(time, delivered::add);
            assertThat(store.order(row.key())).contains(row);
            time.advance(Duration.ofMinutes(2));
        }

        assertThat(delivered).containsExactly(job);
        assertThat(time.pendingCount()).isZero();
    }

    @Test
    void a_folder_serves_one_store_at_a_time() {
        try (JdbcStore store = JdbcStore.embedded(folder)) {
            assertThat(store.nodes().exclusive()).isTrue();
            assertThatThrownBy(() -> JdbcStore.embedded(folder))
                    .isInstanceOf(RevoxException.class)
                    .hasMessageContaining("another store has the folder open");
        }
        JdbcStore.embedded(folder).close();
    }

    @Test
    void a_path_that_is_no_folder_is_refused() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> JdbcStore.embedded(file))
                .isInstanceOf(RevoxException.class)
                .hasMessageContaining("folder");
    }

    @Test
    void a_closed_store_can_be_closed_again_and_refuses_with_a_typed_error() {
        JdbcStore store = JdbcStore.embedded(folder);
        store.close();
        store.close();

        assertThatThrownBy(() -> store.order(new OrderKey(Optional.empty(), "1")))
                .isInstanceOf(RevoxException.class);
    }

    @Test
    void what_a_killed_process_had_committed_is_there_and_nothing_by_halves() throws Exception {
        for (int round = 0; round < 5; round++) {
            Path own = folder.resolve("round-" + round);
            assertNothingIsLost(own, KilledWriter.run(own, 40 + 35 * round));
        }
    }

    /**
     * By default the space of what was replaced is used again after 45 s. From then on, H2 2.5.252 wrote its header too seldom to
     * find the last commits after a kill.
     */
    @Test
    void what_was_committed_survives_a_kill_when_space_of_the_file_is_used_again() throws Exception {
        for (int round = 0; round < 6; round++) {
            Path own = Files.createDirectories(folder.resolve("again-" + round));
            try (Connection first = DriverManager.getConnection(
                            "jdbc:h2:file:" + own.toAbsolutePath().resolve("revox"));
                    Statement setting = first.createStatement()) {
                boolean unused = setting.execute("SET RETENTION_TIME 0");
            }
            assertNothingIsLost(own, KilledWriter.run(own, 60 + 11 * round));
        }
    }

    private static void assertNothingIsLost(Path own, int accepted) {
        try (JdbcStore store = JdbcStore.embedded(own)) {
            for (int i = 0; i < accepted; i++) {
                OrderKey key = new OrderKey(Optional.empty(), "order-" + i);
                assertThat(store.order(key))
                        .as("accepted order %d of %d", i, accepted)
                        .isPresent();
                assertThat(store.history(key)).extracting(HistoryEntry::status).containsExactly(OrderStatus.SCHEDULED);
            }
            OrderKey next = new OrderKey(Optional.empty(), "order-" + accepted);
            assertThat(store.history(next)).hasSize(store.order(next).isPresent() ? 1 : 0);
        }
    }
}
