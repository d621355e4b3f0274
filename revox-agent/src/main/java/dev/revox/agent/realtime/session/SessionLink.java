package dev.revox.agent.realtime.session;

import dev.revox.agent.realtime.RealtimeModel;
import dev.revox.agent.step.Outbox;
import dev.revox.agent.stream.ProviderException;
import dev.revox.agent.stream.ProviderException.Kind;
import dev.revox.conversation.AgentSignal;
import dev.revox.media.MediaFormat;
import dev.revox.time.TimeSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The call's session with its model: opened, watched until it is ready, and replaced by a fresh one when it is lost.
 *
 * <p><b>Thread:</b> Confined to the call thread.
 */
public final class SessionLink {

    /** Its timer for a session that does not open. */
    public static final String TIMER = "realtime-open";

    private record Line(int earRateHz, MediaFormat format) {}

    private final RealtimeParts parts;
    private final Outbox outbox;
    private final Consumer<AgentSignal> mailbox;
    private final TimeSource time;
    private RealtimeModel.@Nullable Session session;
    private @Nullable SessionRelay relay;
    private @Nullable Line line;
    private int number;

    public SessionLink(RealtimeParts parts, Outbox outbox, Consumer<AgentSignal> mailbox, TimeSource time) {
        this.parts = parts;
        this.outbox = outbox;
        this.mailbox = mailbox;
        this.time = time;
    }

    public void open(RealtimeModel.SessionRequest request, long nowNanos) {
        close();
        SessionRelay fresh = new SessionRelay(++number, parts.model().name(), mailbox, time);
        relay = fresh;
        outbox.arm(TIMER, nowNanos + parts.deadlines().open().toNanos());
        try {
            session = parts.model().open(request, fresh);
            Line known = line;
            if (known != null) {
                session.connected(known.earRateHz(), known.format());
            }
        } catch (RuntimeException defect) {
            // A provider must not end the call, whatever it throws.
            fresh.lost(
                    defect instanceof ProviderException failure
                            ? failure
                            : new ProviderException(parts.model().name(), Kind.PROTOCOL, "threw on its own", defect));
        }
    }

    public void connected(int earRateHz, MediaFormat format) {
        line = new Line(earRateHz, format);
        session().ifPresent(open -> open.connected(earRateHz, format));
    }

    /** News of an earlier session is of no interest. */
    public boolean knows(RealtimeSignal signal) {
        return signal.session() == number && relay != null;
    }

    public void opened() {
        outbox.disarm(TIMER);
    }

    /** It did not open in time. */
    public ProviderException stalled(String what) {
        return new ProviderException(parts.model().name(), Kind.STALL, what);
    }

    public Optional<RealtimeModel.Session> session() {
        return Optional.ofNullable(session);
    }

    public boolean transcribesAlone() {
        return session().map(RealtimeModel.Session::transcribesAlone).orElse(false);
    }

    /** Stops a response, if there is one. */
    public void cancel(int response) {
        if (relay != null && response > 0) {
            relay.drop(response);
        }
        session().filter(open -> response > 0).ifPresent(open -> open.cancel(response));
    }

    public long lastSoundNanos() {
        return relay == null ? -1 : relay.lastSoundNanos();
    }

    public void close() {
        outbox.disarm(TIMER);
        if (relay != null) {
            relay.shut();
            relay = null;
        }
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
