package dev.revox.fake;

import dev.revox.line.CallLeg;
import dev.revox.line.CallLine;
import dev.revox.line.DialRequest;
import dev.revox.line.IncomingHandler;
import dev.revox.line.LegEvent;
import dev.revox.time.TimeSource;
import java.util.function.Consumer;

/** A line of which a test overrides what it needs. */
public class UnusedLine implements CallLine {
    @Override
    public void start(TimeSource time) {}

    @Override
    public CallLeg dial(DialRequest request, Consumer<LegEvent> listener) {
        throw new UnsupportedOperationException("this line does not dial");
    }

    @Override
    public void onIncoming(IncomingHandler handler) {}

    @Override
    public void close() {}
}
