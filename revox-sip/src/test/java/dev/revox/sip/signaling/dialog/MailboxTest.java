package dev.revox.sip.signaling.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MailboxTest {

    @Test
    void steps_run_one_at_a_time_in_order_on_many_threads() throws InterruptedException {
        List<Integer> seen = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(10_000);
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            Mailbox mailbox = new Mailbox(pool, "leg");
            for (int i = 0; i < 10_000; i++) {
                int number = i;
                mailbox.execute(() -> {
                    seen.add(number);
                    done.countDown();
                });
            }
            done.await();
        }
        assertThat(seen).isEqualTo(IntStream.range(0, 10_000).boxed().toList());
    }

    @Test
    void a_step_that_throws_does_not_take_the_next_with_it() {
        List<String> seen = new ArrayList<>();
        Mailbox mailbox = new Mailbox(Runnable::run, "leg");
        mailbox.execute(() -> {
            throw new IllegalStateException("defect");
        });
        mailbox.execute(() -> seen.add("next"));
        assertThat(seen).containsExactly("next");
    }

    @Test
    void a_step_that_posts_runs_after_the_present_one() {
        List<String> seen = new ArrayList<>();
        Mailbox mailbox = new Mailbox(Runnable::run, "leg");
        mailbox.execute(() -> {
            mailbox.execute(() -> seen.add("second"));
            seen.add("first");
        });
        assertThat(seen).containsExactly("first", "second");
    }

    @Test
    void a_pool_that_is_gone_drops_the_step() {
        List<String> seen = new ArrayList<>();
        Mailbox mailbox = new Mailbox(
                task -> {
                    throw new RejectedExecutionException("closed");
                },
                "leg");
        mailbox.execute(() -> seen.add("never"));
        assertThat(seen).isEmpty();
    }
}
