package dev.revox.dispatch.desk;

import dev.revox.call.SessionSetup;
import dev.revox.conversation.ConversationSetup;
import dev.revox.conversation.VoiceAgent;
import dev.revox.event.EventStream;
import dev.revox.guard.DialGuard;
import dev.revox.line.CallLine;
import dev.revox.order.OrderKey;
import dev.revox.order.TimeOrderedIds;
import dev.revox.time.TimeSource;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What everybody at the desk works with.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class DeskParts {
    private final CallLine line;
    private final VoiceAgent agent;
    private final TimeSource time;
    private final Executor callExecutor;
    private final DispatchSettings settings;
    private final EventStream events;
    private final DialGuard suppression;
    private final DialGuard guard;
    private final TimeOrderedIds ids;
    private final Desk desk;
    private final Consumer<OrderKey> reporter;
    private volatile boolean stopping;

    public DeskParts(Surroundings around, Desk desk, Consumer<OrderKey> reporter) {
        this.line = around.line();
        this.agent = around.agent();
        this.time = around.time();
        this.callExecutor = around.callExecutor();
        this.settings = around.settings();
        this.events = around.events();
        this.suppression = around.suppression();
        this.guard = around.guard();
        this.ids = around.ids();
        this.desk = desk;
        this.reporter = reporter;
    }

    public CallLine line() {
        return line;
    }

    public VoiceAgent agent() {
        return agent;
    }

    public TimeSource time() {
        return time;
    }

    public Executor callExecutor() {
        return callExecutor;
    }

    public DispatchSettings settings() {
        return settings;
    }

    public EventStream events() {
        return events;
    }

    public DialGuard suppression() {
        return suppression;
    }

    public DialGuard guard() {
        return guard;
    }

    public TimeOrderedIds ids() {
        return ids;
    }

    public Desk desk() {
        return desk;
    }

    public boolean stopping() {
        return stopping;
    }

    public void stop() {
        stopping = true;
    }

    /** Tells the report of an order once its turn comes, if nothing about it is open by then. */
    public void reportLater(OrderKey key) {
        desk.post("report order=" + key.id(), () -> reporter.accept(key));
    }

    public SessionSetup setup(ConversationSetup conversation) {
        // The name is a secret of its own: whoever knows an id must not be able to guess it.
        return new SessionSetup(
                conversation,
                settings.ringTimeout(),
                settings.recordings().map(to -> to.target(UUID.randomUUID().toString())),
                settings.limits());
    }
}
