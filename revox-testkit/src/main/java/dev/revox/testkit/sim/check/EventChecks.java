package dev.revox.testkit.sim.check;

import dev.revox.event.CallEvent;
import dev.revox.event.CallListener;
import dev.revox.order.OrderKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A listener of one life of one node that holds its events against the tree at {@link CallListener}.
 *
 * <p><b>Thread:</b> Confined to the thread that drives the world.
 */
public final class EventChecks implements CallListener {
    /** What all nodes together have told. */
    public static final class Totals {
        private final Set<OrderKey> settled = new HashSet<>();
        private final Set<OrderKey> reported = new HashSet<>();

        /** True when somebody's listener was told the report of an order. */
        public boolean reported(OrderKey key) {
            return reported.contains(key);
        }
    }

    private final Journal journal;
    private final String node;
    private final Totals totals;
    private final Map<OrderKey, String> open = new HashMap<>();

    public EventChecks(Journal journal, String node, Totals totals) {
        this.journal = journal;
        this.node = node;
        this.totals = totals;
    }

    @Override
    public void onEvent(CallEvent event) {
        switch (event) {
            case CallEvent.Placed placed -> {}
            case CallEvent.Planned planned -> outside(event, "planned");
            case CallEvent.Dialling dialling -> opens(event, dialling.attemptId());
            case CallEvent.Arrived arrived -> opens(event, arrived.attemptId());
            case CallEvent.Ringing ringing -> within(event, ringing.attemptId());
            case CallEvent.EarlyMedia early -> within(event, early.attemptId());
            case CallEvent.Answered answered -> within(event, answered.attemptId());
            case CallEvent.InConversation talk -> within(event, talk.attemptId());
            case CallEvent.AttemptEnded ended -> closes(ended);
            case CallEvent.Settled settled -> {
                outside(event, "settled");
                if (!totals.settled.add(event.order())) {
                    broken(event, "settled a second time");
                }
            }
            case CallEvent.Analysed analysed -> {}
            case CallEvent.Reported reported -> {
                outside(event, "reported");
                if (!totals.reported.add(event.order())) {
                    journal.broken(Promise.REPORTED_ONCE, event.order().id(), node + " tells a second report");
                }
            }
        }
    }

    private void opens(CallEvent event, String attempt) {
        String earlier = open.put(event.order(), attempt);
        if (earlier != null) {
            broken(event, "attempt " + attempt + " opens within attempt " + earlier);
        }
    }

    private void within(CallEvent event, String attempt) {
        if (!Optional.of(attempt).equals(Optional.ofNullable(open.get(event.order())))) {
            broken(event, event.getClass().getSimpleName() + " outside of attempt " + attempt);
        }
    }

    private void closes(CallEvent.AttemptEnded ended) {
        String attempt = open.remove(ended.order());
        // Without an opening it is the attempt of a node that was lost.
        if (attempt != null && !attempt.equals(ended.attempt().id())) {
            broken(ended, "attempt " + ended.attempt().id() + " ends within attempt " + attempt);
        }
    }

    private void outside(CallEvent event, String what) {
        String attempt = open.get(event.order());
        if (attempt != null) {
            broken(event, what + " within attempt " + attempt);
        }
    }

    private void broken(CallEvent event, String what) {
        journal.broken(Promise.EVENTS_NEST, event.order().id(), node + ": " + what);
    }

    /** After the node was closed: what opened has closed. */
    public void closed() {
        open.forEach((order, attempt) ->
                journal.broken(Promise.EVENTS_NEST, order.id(), node + ": attempt " + attempt + " never ends"));
    }
}
