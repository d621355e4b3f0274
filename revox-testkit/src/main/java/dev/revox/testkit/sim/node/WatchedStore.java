package dev.revox.testkit.sim.node;

import dev.revox.campaign.CampaignStore;
import dev.revox.job.JobScheduler;
import dev.revox.order.OrderKey;
import dev.revox.order.TenantKey;
import dev.revox.phone.PhoneNumber;
import dev.revox.resource.ResourceStore;
import dev.revox.store.EngineStore;
import dev.revox.store.HistoryEntry;
import dev.revox.store.OrderPage;
import dev.revox.store.OutboxEntry;
import dev.revox.store.OwnedAttempt;
import dev.revox.store.StoreUnavailableException;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredOrder;
import dev.revox.store.Transition;
import dev.revox.store.node.NodeId;
import dev.revox.store.node.NodeRegistry;
import dev.revox.store.search.OrderQuery;
import dev.revox.testkit.sim.node.StoreWeather.Deal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One node's way to the store: every dealing meets the weather, and every change that was made is told to a witness.
 *
 * <p><b>Thread:</b> Confined to the thread that drives the world.
 */
public final class WatchedStore implements EngineStore {
    private final EngineStore store;
    private final StoreDoor door;
    private final StoreWeather weather;
    private final StoreWitness witness;

    public WatchedStore(EngineStore store, StoreDoor door, StoreWitness witness) {
        this.store = store;
        this.door = door;
        this.weather = door.weather();
        this.witness = witness;
    }

    private <T> T deal(Deal deal, Supplier<T> question) {
        weather.before(deal);
        T answer;
        try {
            answer = question.get();
        } catch (RuntimeException failure) {
            weather.failed(deal);
            throw failure;
        }
        weather.after(deal);
        return answer;
    }

    @Override
    public void commit(Transition transition) {
        weather.before(Deal.COMMIT);
        door.forget();
        try {
            store.commit(transition);
        } catch (RuntimeException failure) {
            if (door.cameThrough()) {
                witness.committed(transition);
                boolean denied = !(failure instanceof StoreUnavailableException told) || !told.outcomeUnknown();
                if (denied) {
                    witness.denied(transition);
                }
            }
            weather.failed(Deal.COMMIT);
            throw failure;
        }
        witness.committed(transition);
        weather.after(Deal.COMMIT);
    }

    @Override
    public Optional<StoredOrder> order(OrderKey key) {
        return deal(Deal.READ, () -> store.order(key));
    }

    @Override
    public Optional<StoredOrder> orderByIdempotencyKey(TenantKey key) {
        return deal(Deal.READ, () -> store.orderByIdempotencyKey(key));
    }

    @Override
    public List<StoredAttempt> attempts(OrderKey key) {
        return deal(Deal.READ, () -> store.attempts(key));
    }

    @Override
    public List<HistoryEntry> history(OrderKey key) {
        return deal(Deal.READ, () -> store.history(key));
    }

    @Override
    public List<OutboxEntry> outbox(OrderKey key) {
        return deal(Deal.READ, () -> store.outbox(key));
    }

    @Override
    public OrderPage search(OrderQuery query) {
        return deal(Deal.READ, () -> store.search(query));
    }

    @Override
    public int liveAttempts(TenantKey concurrencyKey, Instant now) {
        return deal(Deal.READ, () -> store.liveAttempts(concurrencyKey, now));
    }

    @Override
    public List<OrderKey> dialable(Instant now, int most) {
        return deal(Deal.READ, () -> store.dialable(now, most));
    }

    @Override
    public List<OrderKey> overdue(Instant until, int most) {
        return deal(Deal.READ, () -> store.overdue(until, most));
    }

    @Override
    public List<OrderKey> unreported(Instant settledBefore, int most) {
        return deal(Deal.READ, () -> store.unreported(settledBefore, most));
    }

    @Override
    public List<OwnedAttempt> orphans(int most) {
        return deal(Deal.READ, () -> store.orphans(most));
    }

    @Override
    public List<OwnedAttempt> held(NodeId owner) {
        return deal(Deal.READ, () -> store.held(owner));
    }

    @Override
    public List<OwnedAttempt> cancelled(NodeId owner) {
        return deal(Deal.READ, () -> store.cancelled(owner));
    }

    @Override
    public List<Instant> attemptStarts(Optional<String> tenant, PhoneNumber number, Instant since) {
        return deal(Deal.READ, () -> store.attemptStarts(tenant, number, since));
    }

    @Override
    public ResourceStore resources() {
        return store.resources();
    }

    @Override
    public CampaignStore campaigns() {
        return store.campaigns();
    }

    @Override
    public NodeRegistry nodes() {
        return new Register(store.nodes());
    }

    @Override
    public JobScheduler jobs() {
        return store.jobs();
    }

    @Override
    public void close() {
        store.close();
    }

    private final class Register implements NodeRegistry {
        private final NodeRegistry nodes;

        Register(NodeRegistry nodes) {
            this.nodes = nodes;
        }

        @Override
        public NodeId join(String name) {
            return deal(Deal.REGISTER, () -> nodes.join(name));
        }

        @Override
        public boolean beat(NodeId node) {
            return deal(Deal.REGISTER, () -> nodes.beat(node));
        }

        @Override
        public Map<NodeId, Long> beats() {
            return deal(Deal.REGISTER, nodes::beats);
        }

        @Override
        public boolean expel(NodeId node, long beat) {
            return deal(Deal.REGISTER, () -> nodes.expel(node, beat));
        }

        @Override
        public void leave(NodeId node) {
            boolean unused = deal(Deal.REGISTER, () -> {
                nodes.leave(node);
                return true;
            });
        }

        @Override
        public boolean exclusive() {
            return nodes.exclusive();
        }
    }
}
