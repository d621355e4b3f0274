package dev.revox.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.time.ManualTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private static final int POSTERS = 8;
    private static final int MESSAGES_EACH = 20_000;

    @Test
    void every_message_is_read_once_in_its_posters_order_by_one_thread_at_a_time() throws Exception {
        // Not safe for threads on purpose: only the mailbox makes it so.
        List<int[]> read = new ArrayList<>();
        CountDownLatch all = new CountDownLatch(POSTERS * MESSAGES_EACH);
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
                ExecutorService posters = Executors.newFixedThreadPool(POSTERS)) {
            Mailbox<int[]> box = new Mailbox<>(readers, message -> {
                read.add(message);
                all.countDown();
            });
            for (int poster = 0; poster < POSTERS; poster++) {
                int self = poster;
                posters.execute(() -> {
                    for (int i = 0; i < MESSAGES_EACH; i++) {
                        box.post(new int[] {self, i});
                    }
                });
            }
            all.await();
        }
        int[] next = new int[POSTERS];
        for (int[] message : read) {
            assertThat(message[1]).isEqualTo(next[message[0]]++);
        }
        assertThat(read).hasSize(POSTERS * MESSAGES_EACH);
    }

    @Test
    void a_reader_that_throws_still_reads_the_rest() {
        ManualTime time = ManualTime.startingAt(Instant.EPOCH);
        List<String> read = new ArrayList<>();
        Mailbox<String> box = new Mailbox<>(time, message -> {
            read.add(message);
            if (message.equals("b")) {
                throw new StackOverflowError("planted");
            }
        });
        List.of("a", "b", "c").forEach(box::post);
        assertThat(read).as("posting never runs the reader").isEmpty();
        time.settle();
        assertThat(read).containsExactly("a", "b", "c");
    }
}
