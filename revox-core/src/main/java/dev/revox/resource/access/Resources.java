package dev.revox.resource.access;

import dev.revox.order.TimeOrderedIds;
import dev.revox.order.rules.OrderRules;
import dev.revox.resource.ResourceStore;
import dev.revox.time.TimeSource;
import java.util.Optional;

/** The lists of every tenant. <b>Thread:</b> Thread-safe. */
public final class Resources {
    private final ResourceStore store;
    private final OrderRules rules;
    private final TimeSource time;
    private final NumberView view;
    private final TimeOrderedIds ids = new TimeOrderedIds();

    /**
     * Opens the lists of a store.
     *
     * @param view told of changes made here
     */
    public Resources(ResourceStore store, OrderRules rules, TimeSource time, NumberView view) {
        this.store = store;
        this.rules = rules;
        this.time = time;
        this.view = view;
    }

    public Assistants assistants(Optional<String> tenant) {
        return new Assistants(store.assistants(), rules, time, ids, tenant, view::changed);
    }

    public OwnNumbers numbers(Optional<String> tenant) {
        return new OwnNumbers(store, time, tenant, view::changed);
    }

    public Suppressions suppressions(Optional<String> tenant) {
        return new Suppressions(store.suppressions(), time, tenant);
    }
}
