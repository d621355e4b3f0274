package dev.revox.testkit.contract.store;

import static dev.revox.testkit.contract.store.Rows.NOON;
import static dev.revox.testkit.contract.store.Rows.calling;
import static dev.revox.testkit.contract.store.Rows.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.revox.job.Job;
import dev.revox.job.JobScheduler;
import dev.revox.order.OrderKey;
import dev.revox.store.EngineStore;
import dev.revox.store.StoredOrder;
import dev.revox.store.Transition;
import dev.revox.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link JobScheduler} keeps to. The stores under test pick jobs up on {@link #time}, so that nothing waits for real,
 * and notice the jobs of other engines within six hours.
 */
public abstract class JobSchedulerContract extends StoreBench {
    protected final ManualTime time = ManualTime.startingAt(NOON);
    protected final List<Job> delivered = new ArrayList<>();
    protected EngineStore store;

    @BeforeEach
    final void open_the_first_store() {
        store = another();
    }

    private static OrderKey key(String id) {
        return new OrderKey(Optional.empty(), id);
    }

    @Test
    void a_job_is_delivered_at_its_instant_and_once() {
        Job soon = Job.attempt(key("1"), NOON.plusSeconds(5));
        Job late = Job.analysis(new OrderKey(Optional.of("a/b ~="), "2 %"), "ä/漢", NOON.plus(Duration.ofDays(40)));
        store.jobs().schedule(late);
        store.jobs().start(time, delivered::add);
        store.jobs().schedule(soon);

        time.advance(Duration.ofSeconds(5).minusNanos(1));
        assertThat(delivered).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(delivered).containsExactly(soon);
        time.advance(Duration.ofDays(39));
        assertThat(delivered).hasSize(1);
        time.advance(Duration.ofDays(2));
        assertThat(delivered).containsExactly(soon, late);
        time.advance(Duration.ofDays(2));
        assertThat(delivered).hasSize(2);
    }

    @Test
    void a_job_that_is_due_is_delivered_without_waiting() {
        store.jobs().start(time, delivered::add);
        Job past = Job.attempt(key("1"), NOON.minus(Duration.ofDays(3)));
        store.jobs().schedule(past);
        time.settle();

        assertThat(delivered).containsExactly(past);
    }

    @Test
    void a_newer_job_takes_the_place_of_an_earlier_one_of_its_kind_and_subject() {
        store.jobs().start(time, delivered::add);
        store.jobs().schedule(Job.attempt(key("1"), NOON.plusSeconds(5)));
        Job moved = Job.attempt(key("1"), NOON.plusSeconds(90));
        store.jobs().schedule(moved);
        Job analysis = Job.analysis(key("1"), "1", NOON.plusSeconds(7));
        store.jobs().schedule(analysis);
        time.advance(Duration.ofSeconds(60));
        assertThat(delivered).containsExactly(analysis);
        time.advance(Duration.ofSeconds(60));

        assertThat(delivered).containsExactly(analysis, moved);
    }

    @Test
    void a_job_may_be_put_in_anew_while_it_is_delivered() {
        Job again = Job.attempt(key("1"), NOON.plusSeconds(60));
        store.jobs().start(time, job -> {
            if (delivered.isEmpty()) {
                store.jobs().schedule(again);
            }
            delivered.add(job);
        });
        Job first = Job.attempt(key("1"), NOON);
        store.jobs().schedule(first);
        time.advance(Duration.ofMinutes(5));

        assertThat(delivered).containsExactly(first, again);
    }

    @Test
    void jobs_come_with_their_transition_or_not_at_all() {
        store.jobs().start(time, delivered::add);
        StoredOrder row = order("1");
        Job job = Job.attempt(row.key(), NOON.plusSeconds(1));
        store.commit(Transition.insert(row).with(job));
        store.commit(Transition.change(row, calling(row)));
        Transition late = Transition.change(row, calling(row)).with(Job.analysis(row.key(), "a", NOON));
        assertThat(tryCommit(store, late)).isFalse();
        time.advance(Duration.ofMinutes(1));

        assertThat(delivered).containsExactly(job);
    }

    @Test
    void a_job_is_delivered_to_one_of_two_engines() {
        EngineStore other = another();
        store.jobs().start(time, delivered::add);
        other.jobs().start(time, delivered::add);
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            jobs.add(Job.attempt(key("order-" + i), NOON.plusSeconds(i)));
        }
        jobs.forEach(other.jobs()::schedule);
        time.advance(Duration.ofMinutes(5));

        assertThat(delivered).containsExactlyInAnyOrderElementsOf(jobs);
    }

    @Test
    void after_the_end_of_one_engine_the_other_gets_the_jobs() {
        EngineStore other = another();
        store.jobs().start(time, delivered::add);
        Job job = Job.attempt(key("1"), NOON.plusSeconds(5));
        store.jobs().schedule(job);
        store.jobs().close();
        time.advance(Duration.ofMinutes(1));
        assertThat(delivered).isEmpty();
        other.jobs().start(time, delivered::add);
        time.settle();

        assertThat(delivered).containsExactly(job);
    }

    @Test
    void a_scheduler_serves_one_engine() {
        store.jobs().start(time, delivered::add);

        assertThatThrownBy(() -> store.jobs().start(time, delivered::add)).isInstanceOf(IllegalStateException.class);
    }
}
