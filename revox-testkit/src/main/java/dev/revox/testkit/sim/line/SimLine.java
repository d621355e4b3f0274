package dev.revox.testkit.sim.line;

import dev.revox.line.CallLeg;
import dev.revox.line.CallLine;
import dev.revox.line.DialRequest;
import dev.revox.line.IncomingHandler;
import dev.revox.line.LegEvent;
import dev.revox.line.LineLimits;
import dev.revox.testkit.sim.node.NodeTime;
import dev.revox.time.TimeSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One node's way into the telephone network.
 *
 * <p><b>Thread:</b> Confined to the thread that drives the world.
 */
public final class SimLine implements CallLine {
    private final SimNetwork network;
    private final NodeTime time;
    private final String node;
    private final LineLimits limits;
    private final Set<SimCall> calls = new LinkedHashSet<>();

    SimLine(SimNetwork network, NodeTime time, String node, LineLimits limits) {
        this.network = network;
        this.time = time;
        this.node = node;
        this.limits = limits;
    }

    NodeTime time() {
        return time;
    }

    String node() {
        return node;
    }

    @Override
    public void start(TimeSource unused) {}

    @Override
    public CallLeg dial(DialRequest request, Consumer<LegEvent> listener) {
        SimLeg leg = new SimLeg(request.legId(), time, listener);
        if (time.crashed()) {
            return leg;
        }
        calls.removeIf(known -> known.observed().overAt().isPresent());
        SimCall call = network.dial(this, request, leg);
        leg.connect(call);
        calls.add(call);
        return leg;
    }

    @Override
    public LineLimits limits() {
        return limits;
    }

    @Override
    public void onIncoming(IncomingHandler handler) {}

    /** The node has died, or stands still: its callees hear nothing any more. */
    public void silence(boolean forGood) {
        List.copyOf(calls).forEach(call -> call.nobodySpeaks(forGood));
    }

    @Override
    public void close() {
        List.copyOf(calls).forEach(SimCall::callerHangsUp);
    }
}
