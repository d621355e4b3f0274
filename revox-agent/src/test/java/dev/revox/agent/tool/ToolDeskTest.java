package dev.revox.agent.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.revox.agent.llm.ToolCall;
import dev.revox.agent.step.Outbox;
import dev.revox.agent.tool.schema.Shape;
import dev.revox.conversation.AgentSignal;
import dev.revox.order.Direction;
import dev.revox.time.ManualTime;
import dev.revox.transcript.TranscriptItem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What threads and late answers must not do. */
class ToolDeskTest {

    private record Plain(String name, Supplier<CompletionStage<ToolOutput>> work) implements Tool {
        @Override
        public String description() {
            return "Does something.";
        }

        @Override
        public Shape.Members input() {
            return Shape.Members.NONE;
        }

        @Override
        public CompletionStage<ToolOutput> call(Map<String, Object> arguments, ToolContext context) {
            return work.get();
        }
    }

    private final Outbox outbox = new Outbox();
    private final LinkedBlockingQueue<AgentSignal> mailbox = new LinkedBlockingQueue<>();
    private final List<TranscriptItem.Tool> journal = new ArrayList<>();
    private final List<List<String>> results = new ArrayList<>();

    private ToolDesk desk(Toolset toolset) {
        ToolContext context = new ToolContext("order-1", "attempt-1", Direction.OUTBOUND, Map.of(), Optional.empty());
        return new ToolDesk(
                toolset,
                context,
                outbox,
                mailbox::add,
                journal::add,
                ManualTime.startingAt(Instant.EPOCH),
                new ToolDesk.Customer() {
                    @Override
                    public void results(List<ToolResult> all, long nowNanos) {
                        results.add(all.stream().map(ToolResult::output).toList());
                    }

                    @Override
                    public boolean waiting(long nowNanos) {
                        return false;
                    }
                });
    }

    private ToolDesk desk(Tool... tools) {
        return desk(new Toolset(List.of(tools), false, ToolSettings.DEFAULT, Toolset.OWN_THREADS));
    }

    private static ToolCall call(String name) {
        return new ToolCall("id-" + name, name, "{}");
    }

    private static CompletionStage<ToolOutput> done(String text) {
        return CompletableFuture.completedFuture(ToolOutput.of(text));
    }

    private void deliver(ToolDesk desk) throws InterruptedException {
        desk.on((ToolSignal) mailbox.take(), 0);
    }

    @Test
    void a_blocking_tool_is_interrupted_when_nobody_waits_any_more() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Thread> interrupted = new CompletableFuture<>();
        ToolDesk desk = desk(new Plain("block", () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stop) {
                interrupted.complete(Thread.currentThread());
            }
            return done("too late");
        }));
        desk.run(List.of(call("block")), 1, 0);
        begun.await();

        desk.cancel();

        Thread thread = interrupted.get();
        assertThat(thread.isVirtual()).isTrue();
        await().atMost(Duration.ofSeconds(20)).until(() -> !thread.isAlive());
        assertThat(mailbox).isEmpty();
        assertThat(results).isEmpty();
        assertThat(journal).hasSize(1);
        assertThat(desk.busy()).isFalse();
    }

    @Test
    void a_tool_that_ignores_its_end_keeps_its_own_thread_and_nothing_else() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Thread> runner = new CompletableFuture<>();
        ToolDesk desk = desk(
                new Plain("deaf", () -> {
                    runner.complete(Thread.currentThread());
                    begun.countDown();
                    while (release.getCount() > 0) {
                        try {
                            release.await();
                        } catch (InterruptedException ignored) {
                            // as bad code does
                        }
                    }
                    return done("very late");
                }),
                new Plain("good", () -> done("good")));
        desk.run(List.of(call("deaf")), 1, 0);
        begun.await();

        desk.onTimer(ToolDesk.DEADLINE_TIMER, 0);
        assertThat(results).hasSize(1);
        desk.run(List.of(call("good")), 2, 0);
        deliver(desk);
        assertThat(results.getLast()).containsExactly("good");

        release.countDown();
        runner.get().join();
        assertThat(mailbox).isEmpty();
        assertThat(results).hasSize(2);
    }

    @Test
    void an_answer_to_a_batch_that_is_over_is_dropped() throws Exception {
        ToolDesk desk = desk(new Plain("one", () -> done("one")), new Plain("two", () -> done("two")));
        desk.run(List.of(call("one")), 1, 0);
        ToolSignal late = (ToolSignal) mailbox.take();
        desk.run(List.of(call("two")), 1, 0);

        desk.on(late, 0);
        assertThat(results).isEmpty();
        deliver(desk);
        desk.on(late, 0);

        assertThat(results).containsExactly(List.of("two"));
        assertThat(journal).extracting(TranscriptItem.Tool::name).containsExactly("one", "two");
    }

    @Test
    void a_tool_that_answers_nothing_at_all_is_an_error() throws Exception {
        ToolDesk desk = desk(
                new Plain("null_stage", () -> nothing()),
                new Plain("null_value", () -> CompletableFuture.completedFuture(nothing())));
        desk.run(List.of(call("null_stage"), call("null_value")), 1, 0);
        deliver(desk);
        deliver(desk);

        assertThat(results.getFirst()).allMatch(output -> output.startsWith("The tool failed."));
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // what careless code does
    private static <T> T nothing() {
        return null;
    }

    @Test
    void an_executor_that_is_shut_down_is_an_error_of_the_tool() throws Exception {
        ToolDesk desk =
                desk(new Toolset(List.of(new Plain("one", () -> done("one"))), false, ToolSettings.DEFAULT, task -> {
                    throw new RejectedExecutionException("shut down");
                }));
        desk.run(List.of(call("one")), 1, 0);
        deliver(desk);

        assertThat(results.getFirst()).containsExactly("The tool cannot be run now.");
    }
}
