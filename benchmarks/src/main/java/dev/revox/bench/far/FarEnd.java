package dev.revox.bench.far;

import dev.revox.line.CallLeg;
import dev.revox.line.CallLine;
import dev.revox.line.DialRequest;
import dev.revox.line.IncomingHandler;
import dev.revox.line.LegEvent;
import dev.revox.time.TimeSource;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A line that tells the parent of each INVITE before it leaves, and whose far end is busy, does not answer, or talks for a moment.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class FarEnd implements CallLine {
    /** What people do who are called. */
    public enum Manner {
        /** One of three things, within half a second. */
        LIVELY,
        /** They let it ring. */
        SILENT
    }

    private final Manner manner;
    private final Random random;
    private @Nullable TimeSource time;

    public FarEnd(Manner manner, long seed) {
        this.manner = manner;
        this.random = new Random(seed);
    }

    @Override
    public void start(TimeSource source) {
        time = source;
    }

    @Override
    public CallLeg dial(DialRequest request, Consumer<LegEvent> listener) {
        TimeSource clock = time;
        if (clock == null) {
            throw new IllegalStateException("the line is not started");
        }
        Said.say(Said.INVITE, request.callId(), request.legId(), clock.instant().toEpochMilli());
        FarLeg leg = new FarLeg(request, clock, listener);
        switch (manner) {
            case LIVELY -> leg.live(random.nextInt(3), 20 + random.nextInt(280), 50 + random.nextInt(250));
            case SILENT -> {}
        }
        return leg;
    }

    @Override
    public void onIncoming(IncomingHandler handler) {}

    @Override
    public void close() {}
}
