package dev.revox;

import dev.revox.admission.Guarding;
import dev.revox.conversation.VoiceAgent;
import dev.revox.dispatch.desk.DispatchSettings;
import dev.revox.dispatch.live.InboundRouter;
import dev.revox.event.CallListener;
import dev.revox.line.CallLine;
import dev.revox.order.TimeOrderedIds;
import dev.revox.order.rules.OrderRules;
import dev.revox.phone.PhoneNumber;
import dev.revox.resource.access.NumberView;
import dev.revox.resource.access.StoredDirectory;
import dev.revox.store.EngineStore;
import dev.revox.time.SystemTime;
import dev.revox.time.TimeSource;
import dev.revox.wire.OrderReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/**
 * What an engine is made of, and how it is taken apart.
 *
 * <p><b>Thread:</b> Immutable.
 */
record EngineParts(
        CallLine line,
        VoiceAgent agent,
        EngineStore store,
        TimeSource time,
        Executor deskExecutor,
        Executor nodeExecutor,
        Executor backgroundExecutor,
        Executor callExecutor,
        DispatchSettings dispatch,
        OrderRules rules,
        StoredDirectory assistants,
        NumberView numbers,
        OrderReader reader,
        Guarding guarding,
        TimeOrderedIds ids,
        List<CallListener> listeners,
        Optional<InboundRouter> inbound,
        Optional<String> organizationId,
        Optional<PhoneNumber> defaultFrom,
        Duration shutdownLimit) {
    private static final System.Logger LOG = System.getLogger("dev.revox");

    void closeLine() {
        quietly("line", line);
    }

    /** Everything but the line, threads before the clock that their alarms need. */
    void closeRest() {
        quietly("agent", agent);
        quietly("store", store);
        stop(deskExecutor);
        stop(nodeExecutor);
        stop(backgroundExecutor);
        stop(callExecutor);
        if (time instanceof SystemTime clock) {
            clock.close();
        }
    }

    /** Lets what was submitted finish, and takes nothing more. */
    private static void stop(Executor executor) {
        if (executor instanceof ExecutorService service) {
            service.shutdown();
        }
    }

    private static void quietly(String what, AutoCloseable part) {
        try {
            part.close();
        } catch (Exception fault) {
            LOG.log(System.Logger.Level.WARNING, () -> "the " + what + " did not close cleanly", fault);
        }
    }
}
