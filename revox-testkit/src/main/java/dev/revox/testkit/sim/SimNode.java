package dev.revox.testkit.sim;

import dev.revox.CallEngine;
import dev.revox.order.TimeOrderedIds;
import dev.revox.store.EngineStore;
import dev.revox.testkit.sim.check.EventChecks;
import dev.revox.testkit.sim.line.SimAgent;
import dev.revox.testkit.sim.line.SimLine;
import dev.revox.testkit.sim.node.NodeTime;
import dev.revox.testkit.sim.node.WatchedStore;
import java.time.Duration;

/**
 * One life of one node: an engine and what it lives in.
 *
 * <p><b>Thread:</b> Confined to the thread that drives the world.
 */
final class SimNode {
    private final String life;
    private final NodeTime time;
    private final SimLine line;
    private final SimAgent agent;
    private final EngineStore store;
    private final EventChecks events;
    private final CallEngine engine;

    SimNode(
            SimSettings settings,
            String name,
            String life,
            NodeTime time,
            SimLine line,
            SimAgent agent,
            EngineStore store,
            WatchedStore watched,
            EventChecks events,
            TimeOrderedIds ids) {
        this.life = life;
        this.time = time;
        this.line = line;
        this.agent = agent;
        this.store = store;
        this.events = events;
        this.engine = CallEngine.builder()
                .nodeName(name)
                .lease(settings.lease())
                .ringTimeout(settings.ringTimeout())
                .maxConcurrentCalls(settings.callsPerNode())
                .line(line)
                .agent(agent)
                .store(watched)
                .time(time)
                .executor(time)
                .ids(ids)
                .listener(events)
                .build();
    }

    String life() {
        return life;
    }

    NodeTime time() {
        return time;
    }

    CallEngine engine() {
        return engine;
    }

    EngineStore store() {
        return store;
    }

    /** True while it answers its host. */
    boolean awake() {
        return !time.crashed() && !time.paused();
    }

    /** Everything of it vanishes; its connections to the store die with it. */
    void crash() {
        time.crash();
        line.silence(true);
        store.close();
    }

    void pause(Duration howLong) {
        time.pause();
        if (howLong.compareTo(Duration.ofSeconds(15)) > 0) {
            line.silence(false);
        }
    }

    /** Ends it in order. */
    void close() {
        engine.close();
    }

    /** After it was closed and everything had time to settle: what is left of it, in words; empty when nothing is. */
    String leftovers() {
        events.closed();
        String alarms = time.pendingCount() > 0 ? time.pendingCount() + " alarms or tasks " : "";
        String talks = agent.open() > 0 ? agent.open() + " conversations" : "";
        return alarms + talks;
    }
}
