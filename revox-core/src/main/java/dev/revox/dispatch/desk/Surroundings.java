package dev.revox.dispatch.desk;

import dev.revox.conversation.VoiceAgent;
import dev.revox.event.EventStream;
import dev.revox.guard.DialGuard;
import dev.revox.line.CallLine;
import dev.revox.order.OrderKey;
import dev.revox.order.TimeOrderedIds;
import dev.revox.store.EngineStore;
import dev.revox.time.TimeSource;
import dev.revox.wire.CallReport;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/**
 * What a dispatcher is put between.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param deskExecutor runs the desk; it may block on the store
 * @param nodeExecutor runs the keeper of this engine's registration; it may block on the store, and must not wait for the desk
 * @param callExecutor runs calls, one task at a time each
 * @param suppression asked right before each attempt, on the desk; fails as the store fails
 * @param guard asked right before each attempt; must not throw
 * @param restraints what holds attempts on a number back beside its order's own policy
 * @param whenReported told on the desk when everything about an order is final
 */
public record Surroundings(
        CallLine line,
        VoiceAgent agent,
        EngineStore store,
        TimeSource time,
        Executor deskExecutor,
        Executor nodeExecutor,
        Executor callExecutor,
        DispatchSettings settings,
        EventStream events,
        DialGuard suppression,
        DialGuard guard,
        Restraints restraints,
        TimeOrderedIds ids,
        BiConsumer<OrderKey, CallReport> whenReported) {}
