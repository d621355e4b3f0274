package dev.revox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.attempt.CallAttempt;
import dev.revox.attempt.DialError;
import dev.revox.attempt.EndReason;
import dev.revox.event.CallEvent;
import dev.revox.fake.ScriptedAgent;
import dev.revox.fake.ScriptedLine;
import dev.revox.fake.StoppableTime;
import dev.revox.order.OrderStatus;
import dev.revox.schedule.RetryPolicy;
import dev.revox.store.EngineStore;
import dev.revox.store.Transition;
import dev.revox.store.node.NodeRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Two engines on one store, of which one stands still, or cannot reach the store. */
class SeveralEnginesTest extends VirtualEngine {
    private final StoppableTime slowTime = new StoppableTime(time);
    private final List<CallEvent> otherEvents = new ArrayList<>();
    private boolean cutOff;

    @Test
    void an_engine_that_slept_past_its_lease_and_registered_anew_does_not_send_the_invite_of_its_former_life() {
        CallEngine slow = slowEngine();
        otherEngine();
        agent.refuses(setup -> {
            // Between the attempt's row and the INVITE.
            slowTime.stop();
            time.advance(Duration.ofSeconds(40));
            slowTime.goOn();
            time.advance(Duration.ofMillis(1));
            return Optional.empty();
        });
        CallHandle call = slow.place(order().retryPolicy(once()).build());
        time.advance(Duration.ofMinutes(1));

        assertThat(line.dialled()).isEmpty();
        assertThat(attempts(slow, call))
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.endReason()).contains(EndReason.ENGINE_LOST));
        assertThat(told(call).order().status()).isEqualTo(OrderStatus.COMPLETED);
    }

    @Test
    void an_invite_that_is_a_minute_late_does_not_leave_although_the_lease_is_held() {
        agent.refuses(setup -> {
            time.advance(Duration.ofSeconds(61));
            return Optional.empty();
        });
        CallEngine engine = engine();
        CallHandle call = engine.place(order().retryPolicy(once()).build());
        time.advance(Duration.ofMinutes(5));

        assertThat(line.dialled()).isEmpty();
        assertThat(told(call).order().status()).isEqualTo(OrderStatus.COMPLETED);
    }

    @Test
    void an_engine_that_was_taken_for_dead_tells_the_end_of_its_attempt_and_not_what_others_made_of_it() {
        agent.talksFor(Duration.ofMinutes(10));
        CallEngine slow = slowEngine();
        otherEngine();
        CallHandle call = slow.place(order().retryPolicy(once()).build());
        time.advance(Duration.ofSeconds(30));
        slowTime.stop();
        time.advance(Duration.ofSeconds(40));
        slowTime.goOn();
        time.advance(Duration.ofMinutes(1));

        assertThat(names(events))
                .containsSubsequence("Dialling", "Answered", "AttemptEnded")
                .doesNotContain("Settled", "Reported");
        assertThat(names(otherEvents)).containsSubsequence("AttemptEnded", "Settled", "Reported");
        assertThat(names(otherEvents).stream().filter("Settled"::equals)).hasSize(1);
        assertThat(told(call).order().status()).isEqualTo(OrderStatus.COMPLETED);
    }

    @Test
    void no_second_attempt_begins_where_the_end_of_the_first_is_still_to_be_told() {
        agent.talksFor(Duration.ofSeconds(20));
        CallEngine cut = engine(builder -> builder.store(cuttable(store.another())));
        CallEngine other = otherEngine();
        CallHandle call = cut.place(order().assistant(assistant().toBuilder()
                        .maxCallDuration(Duration.ofSeconds(30))
                        .build())
                .retryPolicy(RetryPolicy.builder()
                        .everyDay()
                        .window("10:00", "18:00", Duration.ofSeconds(1))
                        .maxAttempts(2)
                        .build())
                .build());
        time.advance(Duration.ofSeconds(10));
        cutOff = true;
        time.advance(Duration.ofSeconds(60));
        assertThat(attempts(other, call).getFirst().endReason()).contains(EndReason.ENGINE_LOST);
        other.close();
        // The sweep comes before the attempt's end is tried again.
        time.advance(Duration.ofSeconds(380));
        cutOff = false;
        time.advance(Duration.ofMinutes(10));

        assertThat(line.dialled()).hasSize(2);
        assertThat(names(events).stream().filter(name -> name.equals("Dialling") || name.equals("AttemptEnded")))
                .containsExactly("Dialling", "AttemptEnded", "Dialling", "AttemptEnded");
    }

    @Test
    void an_engine_that_was_not_told_that_its_attempts_end_is_stored_leaves_what_followed_to_the_others() {
        line = new ScriptedLine(ScriptedLine.fails(DialError.BUSY));
        CallEngine deaf = engine(builder -> builder.store(deafToTheFirstEnd(store.another())));
        CallEngine other = otherEngine(new ScriptedLine(ScriptedLine.fails(DialError.BUSY)));
        CallHandle call = deaf.place(order().retryPolicy(RetryPolicy.builder()
                        .maxAttempts(2)
                        .callTwiceInARow(true)
                        .build())
                .build());
        time.advance(Duration.ofMinutes(1));

        assertThat(attempts(other, call)).hasSize(2);
        assertThat(names(events)).endsWith("Dialling", "AttemptEnded");
        assertThat(names(otherEvents)).containsSubsequence("Dialling", "AttemptEnded", "Settled", "Reported");
    }

    private static EngineStore deafToTheFirstEnd(EngineStore whole) {
        AtomicBoolean heard = new AtomicBoolean();
        return (EngineStore) Proxy.newProxyInstance(
                EngineStore.class.getClassLoader(), new Class<?>[] {EngineStore.class}, (proxy, method, given) -> {
                    Object result = invoke(whole, method, given);
                    if (method.getName().equals("commit")
                            && ((Transition) given[0])
                                    .attempts().stream()
                                            .anyMatch(stored -> stored.attempt().ended())
                            && !heard.getAndSet(true)) {
                        throw new RevoxException("the connection broke during the commit", true);
                    }
                    return result;
                });
    }

    private CallEngine slowEngine() {
        return engine(builder -> builder.time(slowTime).executor(slowTime));
    }

    private CallEngine otherEngine() {
        return otherEngine(new ScriptedLine(ScriptedLine.answers()));
    }

    private CallEngine otherEngine(ScriptedLine itsLine) {
        return CallEngine.builder()
                .line(itsLine)
                .agent(new ScriptedAgent())
                .store(store.another())
                .time(time)
                .executor(time)
                .listener(otherEvents::add)
                .build();
    }

    private static RetryPolicy once() {
        return RetryPolicy.builder().maxAttempts(1).build();
    }

    private static List<CallAttempt> attempts(CallEngine engine, CallHandle call) {
        return engine.get(call.id()).orElseThrow().attempts();
    }

    private EngineStore cuttable(EngineStore whole) {
        NodeRegistry nodes = cuttable(NodeRegistry.class, whole.nodes());
        EngineStore rows = cuttable(EngineStore.class, whole);
        return (EngineStore) Proxy.newProxyInstance(
                EngineStore.class.getClassLoader(),
                new Class<?>[] {EngineStore.class},
                (proxy, method, given) -> switch (method.getName()) {
                    case "nodes" -> nodes;
                    case "jobs" -> whole.jobs();
                    default -> invoke(rows, method, given);
                });
    }

    private <T> T cuttable(Class<T> port, T whole) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, given) -> {
                    if (cutOff) {
                        throw new RevoxException("the store cannot be reached", true);
                    }
                    return invoke(whole, method, given);
                }));
    }

    private static Object invoke(Object whole, Method method, Object[] given) throws Throwable {
        try {
            return method.invoke(whole, given);
        } catch (InvocationTargetException fault) {
            throw fault.getCause();
        }
    }
}
