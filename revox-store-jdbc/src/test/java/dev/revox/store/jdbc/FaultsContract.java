package dev.revox.store.jdbc;

import static dev.revox.testkit.contract.store.Rows.NOON;
import static dev.revox.testkit.contract.store.Rows.attempt;
import static dev.revox.testkit.contract.store.Rows.calling;
import static dev.revox.testkit.contract.store.Rows.ended;
import static dev.revox.testkit.contract.store.Rows.next;
import static dev.revox.testkit.contract.store.Rows.order;
import static dev.revox.testkit.contract.store.Rows.queued;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.revox.job.Job;
import dev.revox.order.OrderStatus;
import dev.revox.order.TenantKey;
import dev.revox.store.Beginning;
import dev.revox.store.EngineStore;
import dev.revox.store.HistoryEntry;
import dev.revox.store.OutboxEntry;
import dev.revox.store.StoreConflictException;
import dev.revox.store.StoreUnavailableException;
import dev.revox.store.StoreUnavailableException.Reason;
import dev.revox.store.StoredOrder;
import dev.revox.store.Transition;
import dev.revox.store.jdbc.server.FaultySource;
import dev.revox.store.jdbc.server.FaultySource.AtCommit;
import dev.revox.store.jdbc.server.TestDatabase;
import dev.revox.store.node.NodeId;
import dev.revox.time.ManualTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that fails: every transition is stored whole or not at all, and whoever asked is told what to do. */
abstract class FaultsContract {
    private static final int MORE_THAN_ANY_TRANSITION_HAS = 60;

    protected TestDatabase database;
    private FaultySource faults;
    private EngineStore store;
    private EngineStore sound;
    private NodeId node;

    protected abstract TestDatabase open();

    @BeforeEach
    final void open_stores() {
        database = open();
        sound = database.store();
        faults = new FaultySource(database.source());
        store = JdbcStore.builder().dataSource(faults.source()).build();
        node = sound.nodes().join("here");
    }

    @AfterEach
    final void close_stores() {
        store.close();
        sound.close();
        database.close();
    }

    private Transition placing(StoredOrder row) {
        return Transition.insert(row)
                .with(new HistoryEntry(NOON, row.order().status(), HistoryEntry.Cause.PLACED, "placed"))
                .with(new HistoryEntry(NOON, row.order().status(), HistoryEntry.Cause.QUEUED, "queued"))
                .with(Job.attempt(row.key(), NOON));
    }

    private Transition dialling(StoredOrder row) {
        StoredOrder called = calling(row);
        return Transition.change(row, called)
                .beginning(new Beginning(
                        node,
                        Optional.of(new Beginning.Slot(new TenantKey(Optional.empty(), "desk"), 9)),
                        Optional.of(new Beginning.LineBudget("trunk", 9, Duration.ZERO)),
                        NOON))
                .with(attempt("a-" + row.order().id(), node, "trunk"))
                .with(new HistoryEntry(NOON, called.order().status(), HistoryEntry.Cause.DIALLED, "dialled"))
                .with(new OutboxEntry("event", OutboxEntry.Channel.WEBHOOK, NOON))
                .with(Job.analysis(row.key(), "a-" + row.order().id(), NOON));
    }

    @Test
    void a_connection_that_breaks_between_two_statements_leaves_all_or_nothing() throws SQLException {
        int broken = 0;
        for (int at = 1; at <= MORE_THAN_ANY_TRANSITION_HAS; at++) {
            StoredOrder row = queued("order-" + at, "desk", 9, NOON.minusNanos(at));
            faults.breakAtStatement(at);
            broken += breaks(placing(row)) ? 1 : 0;
            faults.heal();
            boolean there = sound.order(row.key()).isPresent();
            assertThat(sound.history(row.key())).hasSize(there ? 2 : 0);
            assertThat(jobs(row)).isEqualTo(there ? 1 : 0);
            if (!there) {
                store.commit(placing(row));
            }

            faults.breakAtStatement(at);
            broken += breaks(dialling(row)) ? 1 : 0;
            faults.heal();
            boolean dialled = sound.order(row.key()).orElseThrow().equals(calling(row));
            assertThat(sound.attempts(row.key())).hasSize(dialled ? 1 : 0);
            assertThat(sound.history(row.key())).hasSize(dialled ? 3 : 2);
            assertThat(sound.outbox(row.key())).hasSize(dialled ? 1 : 0);
            assertThat(jobs(row)).isEqualTo(dialled ? 2 : 1);
            if (!dialled) {
                store.commit(dialling(row));
            }
            StoredOrder called = calling(row);
            store.commit(Transition.change(called, next(called, OrderStatus.COMPLETED, Optional.empty()))
                    .with(attempt("a-" + row.order().id(), node, "trunk")
                            .withAttempt(ended(attempt("a-" + row.order().id(), node, "trunk")))));
        }
        // Otherwise no connection was broken within a transition.
        assertThat(broken).isBetween(15, 2 * MORE_THAN_ANY_TRANSITION_HAS - 20);
    }

    private boolean breaks(Transition transition) {
        try {
            store.commit(transition);
            return false;
        } catch (StoreUnavailableException broken) {
            assertThat(broken.reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(broken.retryable()).isTrue();
            assertThat(broken.outcomeUnknown()).isFalse();
            return true;
        }
    }

    private int jobs(StoredOrder row) throws SQLException {
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM revox_job WHERE task_instance LIKE '%/"
                        + row.order().id() + "/%'")) {
            assertThat(rows.next()).isTrue();
            return rows.getInt(1);
        }
    }

    @Test
    void a_commit_without_an_answer_is_of_unknown_outcome_and_both_ways_are_whole() throws SQLException {
        for (AtCommit how : List.of(AtCommit.LOST, AtCommit.UNANSWERED)) {
            StoredOrder row = queued("order-" + how, "desk", 9, NOON);
            store.commit(placing(queued("warm-" + how, "desk", 9, NOON)));
            faults.breakAtCommit(how);

            StoreUnavailableException unknown =
                    catchThrowableOfType(StoreUnavailableException.class, () -> store.commit(placing(row)));

            faults.heal();
            boolean there = how == AtCommit.UNANSWERED;
            assertThat(unknown.outcomeUnknown()).isTrue();
            assertThat(unknown.retryable()).isTrue();
            assertThat(unknown).hasMessageContaining("read the order again");
            assertThat(sound.order(row.key()).isPresent()).isEqualTo(there);
            assertThat(sound.history(row.key())).hasSize(there ? 2 : 0);
            assertThat(jobs(row)).isEqualTo(there ? 1 : 0);
        }
    }

    @Test
    void a_connection_that_breaks_behind_its_commit_does_not_make_the_change_a_failed_one() {
        StoredOrder row = queued("1", "desk", 9, NOON);
        faults.breakAtCommit(AtCommit.BROKEN_BEHIND);

        store.commit(placing(row));
        store.commit(dialling(row));

        faults.heal();
        assertThat(sound.order(row.key())).contains(calling(row));
        assertThat(sound.attempts(row.key())).hasSize(1);
    }

    @Test
    void a_database_that_is_down_fails_at_once_and_serves_again_when_it_is_back() {
        ManualTime time = ManualTime.startingAt(NOON);
        List<Job> delivered = new ArrayList<>();
        EngineStore engine =
                JdbcStore.builder().dataSource(faults.source()).executor(time).build();
        engine.jobs().start(time, delivered::add);
        StoredOrder row = queued("1", "desk", 1, NOON);
        faults.down(true);

        StoreUnavailableException down =
                catchThrowableOfType(StoreUnavailableException.class, () -> engine.commit(placing(row)));
        assertThat(down.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(down.outcomeUnknown()).isFalse();
        assertThat(down).hasMessageContaining("try again");
        assertThat(catchThrowableOfType(StoreUnavailableException.class, () -> engine.order(row.key()))
                        .reason())
                .isEqualTo(Reason.UNREACHABLE);
        time.advance(Duration.ofMinutes(10));

        faults.heal();
        engine.commit(placing(row));
        time.advance(Duration.ofSeconds(2));
        assertThat(delivered).containsExactly(Job.attempt(row.key(), NOON));
        engine.close();
    }

    @Test
    void a_refused_value_is_not_quoted() throws SQLException {
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            boolean unused = statement.execute("ALTER TABLE revox_order ADD CHECK (to_number <> '+14155550100')");
        }
        StoredOrder row = queued("1", "desk", 1, NOON);

        StoreUnavailableException refused =
                catchThrowableOfType(StoreUnavailableException.class, () -> store.commit(placing(row)));

        assertThat(refused.reason()).isEqualTo(Reason.REFUSED);
        for (Throwable each = refused; each != null; each = each.getCause()) {
            assertThat(each.toString()).doesNotContain("4155550100");
        }
        assertThat(sound.history(row.key())).isEmpty();
    }

    @Test
    void an_order_within_the_hosts_transaction_lives_and_dies_with_it() throws SQLException {
        ManualTime time = ManualTime.startingAt(NOON);
        List<Job> delivered = new ArrayList<>();
        EngineStore engine =
                JdbcStore.builder().dataSource(database.source()).executor(time).build();
        engine.jobs().start(time, delivered::add);
        StoredOrder kept = queued("kept", "desk", 1, NOON);
        StoredOrder dropped = queued("dropped", "desk", 1, NOON);
        try (Connection host = database.source().getConnection()) {
            host.setAutoCommit(false);
            engine.commit(placing(dropped), host);
            host.rollback();
            engine.commit(placing(kept), host);
            time.advance(Duration.ofSeconds(5));
            assertThat(delivered).isEmpty();
            assertThat(host.getAutoCommit()).isFalse();
            host.commit();
            host.setAutoCommit(true);
        }
        time.advance(Duration.ofSeconds(2));

        assertThat(engine.order(dropped.key())).isEmpty();
        assertThat(engine.order(kept.key())).contains(kept);
        assertThat(delivered).containsExactly(Job.attempt(kept.key(), NOON));
        engine.close();
    }

    @Test
    void a_conflict_leaves_the_hosts_transaction_usable() throws SQLException {
        StoredOrder first = order("1", order -> order.idempotencyKey("key"));
        StoredOrder twin = order("2", order -> order.idempotencyKey("key"));
        StoredOrder other = queued("3", "desk", 1, NOON);
        StoredOrder full = queued("4", "desk", 1, NOON.minusSeconds(1));
        sound.commit(Transition.insert(first));
        sound.commit(Transition.insert(full));
        NodeId gone = new NodeId("gone", 1);
        try (Connection host = database.source().getConnection()) {
            host.setAutoCommit(false);
            assertThat(catchThrowableOfType(
                                    StoreConflictException.class, () -> store.commit(Transition.insert(twin), host))
                            .reason())
                    .isEqualTo(StoreConflictException.Reason.IDEMPOTENCY_KEY);
            assertThat(catchThrowableOfType(
                                    StoreConflictException.class,
                                    () -> store.commit(
                                            Transition.change(full, calling(full))
                                                    .beginning(Beginning.of(gone, NOON)),
                                            host))
                            .reason())
                    .isEqualTo(StoreConflictException.Reason.FENCED);
            store.commit(Transition.insert(other), host);
            host.commit();
            host.setAutoCommit(true);
        }

        assertThat(sound.order(twin.key())).isEmpty();
        assertThat(sound.order(full.key())).contains(full);
        assertThat(sound.order(other.key())).contains(other);
    }

    @Test
    void a_job_that_was_claimed_by_an_engine_that_died_is_delivered_by_another() throws SQLException {
        ManualTime time = ManualTime.startingAt(NOON);
        List<Job> delivered = new ArrayList<>();
        Job job = Job.attempt(queued("1", "desk", 1, NOON).key(), NOON);
        sound.jobs().schedule(job);
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            int claimed = statement.executeUpdate("UPDATE revox_job SET picked = TRUE, picked_by = 'the dead',"
                    + " last_heartbeat = TIMESTAMP WITH TIME ZONE '2026-08-03 10:00:00+00:00', version = 2");
            assertThat(claimed).isEqualTo(1);
        }
        EngineStore engine =
                JdbcStore.builder().dataSource(database.source()).executor(time).build();
        engine.jobs().start(time, delivered::add);
        time.advance(Duration.ofSeconds(50));
        assertThat(delivered).isEmpty();
        time.advance(Duration.ofMinutes(2));

        assertThat(delivered).containsExactly(job);
        engine.close();
    }
}
