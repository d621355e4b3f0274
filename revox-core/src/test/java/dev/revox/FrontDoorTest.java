package dev.revox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.assistant.Assistant;
import dev.revox.conversation.VoiceAgent;
import dev.revox.fake.ScriptedAgent;
import dev.revox.fake.ScriptedLine;
import dev.revox.fake.UnusedAgent;
import dev.revox.line.LegEvent;
import dev.revox.order.CallOrder;
import dev.revox.order.OrderStatus;
import dev.revox.wire.CallReport;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The host's few lines, on real clocks and threads. */
class FrontDoorTest {
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void a_host_places_a_call_and_joins_its_report() throws Exception {
        ScriptedLine line = new ScriptedLine(
                (leg, request) -> leg.emitIn(Duration.ofMillis(5), now -> new LegEvent.Answered(now, "PCMU", 8000)));
        ScriptedAgent agent = new ScriptedAgent().talksFor(Duration.ofMillis(20));
        try (CallEngine engine = CallEngine.builder().line(line).agent(agent).build()) {
            CallHandle call = engine.place(CallOrder.to("+1 212 555 0100")
                    .forceNow()
                    .assistant(Assistant.prompt("You confirm tomorrow's appointment with {{name}}.")
                            .firstSentence("Hi {{name}}!")
                            .build())
                    .variable("name", "Dana")
                    .build());
            CallReport report = call.report().join();

            assertThat(report.order().status()).isEqualTo(OrderStatus.COMPLETED);
            assertThat(report.toJson()).contains("\"is_completed\":true");
            agent.warm().join();
        }
        assertThat(line.closed()).isTrue();
        assertThat(agent.closed()).isTrue();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("revox-alarms") || thread.getName().startsWith("revox-desk")) {
                // A thread that was left behind never ends, and the test runs into its limit.
                thread.join();
            }
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void a_warm_up_that_never_ends_keeps_neither_the_start_nor_the_end_waiting() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        VoiceAgent slow = new UnusedAgent() {
            @Override
            public void warmUp() {
                begun.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
            }
        };
        try (CallEngine engine = CallEngine.builder()
                .line(new ScriptedLine((leg, request) -> {}))
                .agent(slow)
                .build()) {
            assertThat(engine.get("unknown")).isEmpty();
            begun.await();
        }
        assertThat(interrupted.getCount()).isZero();
    }

    @Test
    void an_engine_that_is_closed_at_once_never_warms_up_its_agent() {
        ScriptedAgent agent = new ScriptedAgent();
        CallEngine.builder()
                .line(new ScriptedLine((leg, request) -> {}))
                .agent(agent)
                .build()
                .close();
        assertThat(agent.warm()).isNotDone();
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void a_warm_up_that_fails_costs_time_and_no_call() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        VoiceAgent broken = new UnusedAgent() {
            @Override
            public void warmUp() {
                begun.countDown();
                throw new RevoxException("no connection", true);
            }
        };
        try (CallEngine engine = CallEngine.builder()
                .line(new ScriptedLine((leg, request) -> {}))
                .agent(broken)
                .build()) {
            begun.await();
            assertThat(engine.get("unknown")).isEmpty();
        }
    }
}
