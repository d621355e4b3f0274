package dev.revox.store.memory;

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
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredOrder;
import dev.revox.store.Transition;
import dev.revox.store.node.NodeId;
import dev.revox.store.node.NodeRegistry;
import dev.revox.store.search.OrderQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A store that forgets everything when the process ends, and keeps everything until then: for trying out and for tests.
 *
 * <p>An engine closes its store. To let several engines of one process share the same orders, give each its own {@link
 * #another()}.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class MemoryStore implements EngineStore {
    private final MemoryTables tables;
    private final SharedJobs.Consumer jobs;

    public MemoryStore() {
        this(new MemoryTables());
    }

    private MemoryStore(MemoryTables tables) {
        this.tables = tables;
        this.jobs = tables.jobs.consumer();
    }

    /** The same orders for one more engine. */
    public MemoryStore another() {
        return new MemoryStore(tables);
    }

    @Override
    public void commit(Transition transition) {
        tables.commit(transition);
    }

    @Override
    public Optional<StoredOrder> order(OrderKey key) {
        return tables.order(key);
    }

    @Override
    public Optional<StoredOrder> orderByIdempotencyKey(TenantKey key) {
        return tables.orderByIdempotencyKey(key);
    }

    @Override
    public List<StoredAttempt> attempts(OrderKey key) {
        return tables.attempts(key);
    }

    @Override
    public List<HistoryEntry> history(OrderKey key) {
        return tables.history(key);
    }

    @Override
    public List<OutboxEntry> outbox(OrderKey key) {
        return tables.outbox(key);
    }

    @Override
    public OrderPage search(OrderQuery query) {
        return tables.search(query);
    }

    @Override
    public int liveAttempts(TenantKey concurrencyKey, Instant now) {
        return tables.liveAttempts(concurrencyKey, now);
    }

    @Override
    public List<OrderKey> dialable(Instant now, int most) {
        return tables.dialable(now, most);
    }

    @Override
    public List<OrderKey> overdue(Instant until, int most) {
        return tables.overdue(until, most);
    }

    @Override
    public List<OrderKey> unreported(Instant settledBefore, int most) {
        return tables.unreported(settledBefore, most);
    }

    @Override
    public List<OwnedAttempt> orphans(int most) {
        return tables.orphans(most);
    }

    @Override
    public List<OwnedAttempt> held(NodeId owner) {
        return tables.held(owner);
    }

    @Override
    public List<OwnedAttempt> cancelled(NodeId owner) {
        return tables.cancelled(owner);
    }

    @Override
    public List<Instant> attemptStarts(Optional<String> tenant, PhoneNumber number, Instant since) {
        return tables.attemptStarts(new TenantKey(tenant, number.e164()), since);
    }

    @Override
    public ResourceStore resources() {
        return tables.resources;
    }

    @Override
    public CampaignStore campaigns() {
        return tables.campaigns;
    }

    @Override
    public NodeRegistry nodes() {
        return tables.nodes;
    }

    @Override
    public JobScheduler jobs() {
        return jobs;
    }

    @Override
    public void close() {
        jobs.close();
    }
}
