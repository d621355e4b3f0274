package dev.revox.store.jdbc;

import dev.revox.campaign.CampaignStore;
import dev.revox.job.Job;
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
import dev.revox.store.jdbc.campaign.JdbcCampaigns;
import dev.revox.store.jdbc.commit.CommitStep;
import dev.revox.store.jdbc.embedded.EmbeddedDatabase;
import dev.revox.store.jdbc.job.JdbcJobs;
import dev.revox.store.jdbc.node.JdbcNodes;
import dev.revox.store.jdbc.query.OrderSearch;
import dev.revox.store.jdbc.query.Queues;
import dev.revox.store.jdbc.resource.JdbcResources;
import dev.revox.store.jdbc.row.AttemptRows;
import dev.revox.store.jdbc.row.LifeRows;
import dev.revox.store.jdbc.row.OrderRows;
import dev.revox.store.jdbc.row.Snapshots;
import dev.revox.store.jdbc.sql.Database;
import dev.revox.store.jdbc.sql.Nanos;
import dev.revox.store.jdbc.sql.Portions;
import dev.revox.store.jdbc.sql.TenantColumn;
import dev.revox.store.node.NodeId;
import dev.revox.store.node.NodeRegistry;
import dev.revox.store.search.OrderQuery;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * A store in a relational database: what was accepted outlives the process.
 *
 * <p>{@link #embedded} is for one engine: H2 in a folder, inside the host's process. {@link #builder} is for the host's own
 * database, and for several engines on one PostgreSQL; each engine has a store of its own.
 *
 * <p>Failures are {@link dev.revox.store.StoreUnavailableException}s that say what to do. A statement that gets in somebody's
 * way is repeated; the host's own transaction never is, its host decides.
 *
 * <p><b>Thread:</b> Thread-safe. Every method blocks on the database: drivers hold locks meanwhile, so call it from platform
 * threads.
 */
public final class JdbcStore implements EngineStore {
    private final Database database;
    private final Optional<EmbeddedDatabase> embedded;
    private final Snapshots snapshots = new Snapshots();
    private final OrderRows orders = new OrderRows(snapshots);
    private final CommitStep step = new CommitStep(orders);
    private final OrderSearch search = new OrderSearch(orders);
    private final JdbcResources resources;
    private final JdbcCampaigns campaigns;
    private final JdbcNodes nodes;
    private final JdbcJobs jobs;

    JdbcStore(
            Database database,
            Optional<EmbeddedDatabase> embedded,
            Optional<Executor> executor,
            Duration pollInterval) {
        this.database = database;
        this.embedded = embedded;
        this.resources = new JdbcResources(database);
        this.campaigns = new JdbcCampaigns(database);
        this.nodes = new JdbcNodes(database, embedded.isPresent());
        this.jobs = new JdbcJobs(database, executor, pollInterval, embedded.isPresent());
    }

    /**
     * A store in a folder of its own, for one engine.
     *
     * @throws dev.revox.RevoxException when another store, of any process, has the folder open
     */
    public static JdbcStore embedded(Path folder) {
        return builder().folder(folder).build();
    }

    public static JdbcStoreBuilder builder() {
        return new JdbcStoreBuilder();
    }

    @Override
    public void commit(Transition transition) {
        Optional<Snapshots.Content> content = content(transition);
        boolean unused = database.write(
                session -> {
                    if (content.isPresent()) {
                        snapshots.store(session, content.get());
                    }
                },
                session -> {
                    step.run(session, transition, content);
                    JdbcJobs.put(session, transition.jobs());
                    return true;
                });
        jobs.committed(transition.jobs());
    }

    @Override
    public List<Transition> commitAll(List<Transition> transitions) {
        List<Transition> plain = transitions.stream()
                .filter(CommitStep::isPlain)
                .sorted(Comparator.comparing(
                                (Transition each) -> TenantColumn.of(each.key().tenant()))
                        .thenComparing(each -> each.key().id()))
                .toList();
        List<Transition> conflicts = new ArrayList<>(EngineStore.super.commitAll(
                transitions.stream().filter(each -> !CommitStep.isPlain(each)).toList()));
        Portions.of(plain, this::commitTogether).forEach(conflicts::addAll);
        return conflicts;
    }

    private List<Transition> commitTogether(List<Transition> portion) {
        List<Transition> stored = database.write(session -> {
            List<Transition> changed = CommitStep.runAll(session, portion);
            JdbcJobs.put(session, jobs(changed));
            return changed;
        });
        jobs.committed(jobs(stored));
        Set<OrderKey> done = stored.stream().map(Transition::key).collect(Collectors.toSet());
        return portion.stream().filter(each -> !done.contains(each.key())).toList();
    }

    private static List<Job> jobs(List<Transition> transitions) {
        return transitions.stream().flatMap(each -> each.jobs().stream()).toList();
    }

    @Override
    public void commit(Transition transition, Connection hostTransaction) {
        Optional<Snapshots.Content> content = content(transition);
        boolean unused = database.within(hostTransaction, session -> {
            if (content.isPresent()) {
                snapshots.storeWithin(session, content.get());
            }
            step.run(session, transition, content);
            JdbcJobs.put(session, transition.jobs());
            return true;
        });
    }

    private static Optional<Snapshots.Content> content(Transition transition) {
        return transition.expectedVersion() == Transition.NEW_ORDER
                ? Optional.of(Snapshots.of(transition.order().order().assistant()))
                : Optional.empty();
    }

    @Override
    public Optional<StoredOrder> order(OrderKey key) {
        return database.read(
                session -> orders.one(session, "WHERE tenant = ? AND id = ?", TenantColumn.of(key.tenant()), key.id()));
    }

    @Override
    public List<StoredOrder> orders(Collection<OrderKey> keys) {
        return Portions.of(List.copyOf(keys), some -> database.read(session -> orders.all(session, some))).stream()
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public Map<OrderKey, List<StoredAttempt>> attempts(Collection<OrderKey> keys) {
        Map<OrderKey, List<StoredAttempt>> found = new HashMap<>();
        Portions.of(List.copyOf(keys), some -> database.read(session -> AttemptRows.of(session, some)))
                .forEach(found::putAll);
        return found;
    }

    @Override
    public Optional<StoredOrder> orderByIdempotencyKey(TenantKey key) {
        return database.read(session -> orders.one(
                session, "WHERE tenant = ? AND idempotency_key = ?", TenantColumn.of(key.tenant()), key.key()));
    }

    @Override
    public List<StoredAttempt> attempts(OrderKey key) {
        return database.read(session -> AttemptRows.of(session, key));
    }

    @Override
    public List<HistoryEntry> history(OrderKey key) {
        return database.read(session -> LifeRows.history(session, key));
    }

    @Override
    public List<OutboxEntry> outbox(OrderKey key) {
        return database.read(session -> LifeRows.outbox(session, key));
    }

    @Override
    public OrderPage search(OrderQuery query) {
        return database.read(session -> search.page(session, query));
    }

    @Override
    public int liveAttempts(TenantKey concurrencyKey, Instant now) {
        return database.read(session -> (int) CommitStep.live(session, concurrencyKey, now));
    }

    @Override
    public List<OrderKey> dialable(Instant now, int most) {
        return database.read(session -> Queues.dialable(session, now, most));
    }

    @Override
    public List<OrderKey> overdue(Instant until, int most) {
        return database.read(session -> Queues.overdue(session, until, most));
    }

    @Override
    public List<OrderKey> unreported(Instant settledBefore, int most) {
        return database.read(session -> Queues.unreported(session, settledBefore, most));
    }

    @Override
    public List<OwnedAttempt> orphans(int most) {
        return database.read(session -> Queues.orphans(session, most));
    }

    @Override
    public List<OwnedAttempt> held(NodeId owner) {
        return database.read(session -> Queues.held(session, owner));
    }

    @Override
    public List<OwnedAttempt> cancelled(NodeId owner) {
        return database.read(session -> Queues.cancelled(session, owner));
    }

    @Override
    public List<Instant> attemptStarts(Optional<String> tenant, PhoneNumber number, Instant since) {
        return database.read(session -> session.query(
                "SELECT started_at FROM revox_attempt WHERE tenant = ? AND to_number = ? AND started_at >= ?"
                        + " ORDER BY started_at",
                row -> Nanos.instant(row.getLong(1)),
                TenantColumn.of(tenant),
                number.e164(),
                Nanos.of(since)));
    }

    @Override
    public ResourceStore resources() {
        return resources;
    }

    @Override
    public CampaignStore campaigns() {
        return campaigns;
    }

    @Override
    public NodeRegistry nodes() {
        return nodes;
    }

    @Override
    public JobScheduler jobs() {
        return jobs;
    }

    /** Stops delivering jobs, and closes the embedded database. A host's own database stays open. */
    @Override
    public void close() {
        jobs.close();
        embedded.ifPresent(EmbeddedDatabase::close);
    }
}
