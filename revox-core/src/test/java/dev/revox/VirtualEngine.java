package dev.revox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.assistant.Assistant;
import dev.revox.event.CallEvent;
import dev.revox.fake.ScriptedAgent;
import dev.revox.fake.ScriptedLine;
import dev.revox.order.CallOrder;
import dev.revox.order.CallOrderBuilder;
import dev.revox.order.OrderStatus;
import dev.revox.store.memory.MemoryStore;
import dev.revox.time.ManualTime;
import dev.revox.wire.CallReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** An engine in virtual time with a scripted line and agent, for tests of whole orders. */
abstract class VirtualEngine {
    static final Instant MONDAY_NOON = Instant.parse("2026-08-03T10:00:00Z");
    static final Instant SUNDAY_NIGHT = Instant.parse("2026-08-02T21:00:00Z");
    static final String DANA = "+33 6 12 34 56 78";

    ManualTime time = ManualTime.startingAt(MONDAY_NOON);
    ScriptedLine line = new ScriptedLine(ScriptedLine.answers());
    final ScriptedAgent agent = new ScriptedAgent();
    final MemoryStore store = new MemoryStore();
    final List<CallEvent> events = new ArrayList<>();

    CallReport run(CallOrderBuilder order) {
        CallHandle call = engine().place(order.build());
        time.advance(Duration.ofMinutes(5));
        return told(call);
    }

    CallReport told(CallHandle call) {
        time.settle();
        assertThat(call.report()).as("the report is there").isDone();
        return call.report().join();
    }

    CallEngine engine() {
        return engine(builder -> builder);
    }

    CallEngine engine(UnaryOperator<CallEngineBuilder> more) {
        return more.apply(CallEngine.builder()
                        .line(line)
                        .agent(agent)
                        .store(store)
                        .time(time)
                        .executor(time)
                        .listener(events::add))
                .build();
    }

    static Assistant assistant() {
        return Assistant.prompt("You confirm tomorrow's appointment.").build();
    }

    static CallOrderBuilder order() {
        return CallOrder.to(DANA).assistant(assistant());
    }

    static OrderStatus status(CallEngine engine, CallHandle call) {
        return engine.get(call.id()).orElseThrow().order().status();
    }

    static List<String> names(List<CallEvent> events) {
        return events.stream().map(event -> event.getClass().getSimpleName()).toList();
    }
}
