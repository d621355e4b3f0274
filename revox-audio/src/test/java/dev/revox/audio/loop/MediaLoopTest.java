package dev.revox.audio.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MediaLoopTest {

    private final ManualTime time = ManualTime.startingAt(Instant.EPOCH);
    private final MediaLoop loop = new MediaLoop("test", time, deadline -> {});

    private static final class Probe implements LoopMember {
        final List<Long> due = new ArrayList<>();
        int skipped;
        boolean broken;
        int defects;
        Runnable onTick = () -> {};
        Runnable onDue = () -> {};

        @Override
        public void onTick(long nowNanos) {
            onTick.run();
            if (broken) {
                throw new IllegalStateException("broken on purpose");
            }
        }

        @Override
        public void onFrameDue(long dueNanos, long nowNanos) {
            onDue.run();
            due.add(dueNanos / 1_000_000);
        }

        @Override
        public void onFramesSkipped(int frames, long nowNanos) {
            skipped += frames;
        }

        @Override
        public long framePeriodNanos() {
            return 20_000_000;
        }

        @Override
        public void onDefect(Throwable defect, long nowNanos) {
            defects++;
        }
    }

    private void run(int ms) {
        for (int i = 0; i < ms; i++) {
            time.advance(Duration.ofMillis(1));
            loop.tick(time.nanoTime());
        }
    }

    @Test
    void members_are_spread_over_the_frame_and_keep_their_grid() {
        List<Probe> probes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            probes.add(new Probe());
            loop.add(probes.get(i));
        }
        run(100);

        int[] perMs = new int[20];
        for (Probe probe : probes) {
            assertThat(probe.due).hasSizeBetween(4, 5);
            perMs[(int) (probe.due.getFirst() % 20)]++;
            for (int i = 1; i < probe.due.size(); i++) {
                assertThat(probe.due.get(i) - probe.due.get(i - 1)).isEqualTo(20);
            }
        }
        assertThat(perMs).containsOnly(2);
    }

    @Test
    void a_short_delay_is_made_up_for_by_late_frames() {
        Probe probe = new Probe();
        loop.add(probe);
        run(40);
        int before = probe.due.size();
        time.advance(Duration.ofMillis(60));
        loop.tick(time.nanoTime());

        assertThat(probe.due).hasSize(before + 3);
        assertThat(probe.skipped).isZero();
    }

    @Test
    void after_a_long_delay_three_late_frames_are_sent_and_the_rest_is_given_up() {
        Probe probe = new Probe();
        loop.add(probe);
        run(40);
        int before = probe.due.size();
        time.advance(Duration.ofMillis(1000));
        loop.tick(time.nanoTime());

        assertThat(probe.due).hasSize(before + 4);
        assertThat(probe.skipped).isEqualTo(46);
        assertThat(loop.skippedFrames()).isEqualTo(46);
        run(20);
        assertThat(probe.due).hasSize(before + 5);
        assertThat(probe.due.getLast() % 20).isEqualTo(probe.due.getFirst() % 20);
    }

    @Test
    void frames_that_fall_due_while_others_are_heard_do_not_wait_for_all_of_them() {
        List<Probe> probes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            probes.add(new Probe());
            loop.add(probes.get(i));
        }
        run(100);
        probes.forEach(probe -> probe.onTick = () -> time.advance(Duration.ofMillis(1)));
        LatenessCounter before = new LatenessCounter();
        before.add(loop.lateness());

        loop.tick(time.nanoTime());

        LatenessCounter during = loop.lateness();
        during.subtract(before);
        assertThat(during.frames()).isBetween(70L, 80L);
        assertThat(during.quantileNanos(1)).isLessThanOrEqualTo(4_050_000);
    }

    @Test
    void a_member_that_throws_while_others_are_heard_is_not_heard_again() {
        List<Probe> probes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            probes.add(new Probe());
            loop.add(probes.get(i));
        }
        run(100);
        Probe bad = probes.getLast();
        probes.getFirst().onTick = () -> time.advance(Duration.ofMillis(21));
        bad.onDue = () -> {
            throw new IllegalStateException("broken on purpose");
        };
        bad.onTick = () -> bad.skipped++;

        loop.tick(time.nanoTime());

        assertThat(bad.defects).isEqualTo(1);
        assertThat(bad.skipped).isZero();
        assertThat(loop.memberCount()).isEqualTo(39);
    }

    @Test
    void a_member_that_throws_is_taken_off_and_the_others_go_on() {
        Probe bad = new Probe();
        Probe good = new Probe();
        loop.add(bad);
        loop.add(good);
        run(1);
        bad.broken = true;
        run(40);

        assertThat(bad.defects).isEqualTo(1);
        assertThat(loop.defects()).isEqualTo(1);
        assertThat(loop.memberCount()).isEqualTo(1);
        assertThat(good.due).hasSizeBetween(2, 3);
    }

    @Test
    void commands_run_in_order_on_the_next_tick() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int number = i;
            loop.execute(() -> order.add(number));
        }
        assertThat(order).isEmpty();
        run(1);
        assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void no_event_is_lost_or_reordered_when_the_reader_stands_still() {
        LoopEvents events = new LoopEvents(8);
        List<Long> seen = new ArrayList<>();
        LoopEvents.Receiver receiver = (kind, atNanos, first, second) -> seen.add(first);
        long next = 0;
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 3 + 20 * round; i++) {
                events.emit(receiver, 1, 0, next++, 0);
            }
            int unused = events.drain();
        }
        assertThat(seen).hasSize((int) next).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void lateness_is_told_by_quantile() {
        LatenessCounter counter = new LatenessCounter();
        for (int i = 0; i < 99; i++) {
            counter.record(120_000);
        }
        counter.record(30_000_000);
        assertThat(counter.quantileNanos(0.5)).isEqualTo(150_000);
        assertThat(counter.quantileNanos(0.99)).isEqualTo(150_000);
        assertThat(counter.quantileNanos(1)).isEqualTo(30_050_000);
        assertThat(counter.maxNanos()).isEqualTo(30_000_000);
    }
}
