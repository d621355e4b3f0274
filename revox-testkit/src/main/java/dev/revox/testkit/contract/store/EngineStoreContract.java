package dev.revox.testkit.contract.store;

import static dev.revox.testkit.contract.store.Rows.NOON;
import static dev.revox.testkit.contract.store.Rows.NUMBER;
import static dev.revox.testkit.contract.store.Rows.attempt;
import static dev.revox.testkit.contract.store.Rows.calling;
import static dev.revox.testkit.contract.store.Rows.ended;
import static dev.revox.testkit.contract.store.Rows.next;
import static dev.revox.testkit.contract.store.Rows.order;
import static dev.revox.testkit.contract.store.Rows.queued;
import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.order.CampaignRef;
import dev.revox.order.OrderKey;
import dev.revox.order.OrderStatus;
import dev.revox.order.TenantKey;
import dev.revox.phone.PhoneNumber;
import dev.revox.store.EngineStore;
import dev.revox.store.HistoryEntry;
import dev.revox.store.OrderPage;
import dev.revox.store.OutboxEntry;
import dev.revox.store.StoreConflictException.Reason;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredOrder;
import dev.revox.store.Transition;
import dev.revox.store.node.NodeId;
import dev.revox.store.search.OrderCursor;
import dev.revox.store.search.OrderQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link EngineStore} keeps to, but for the conditions of {@link BeginningContract}. */
public abstract class EngineStoreContract extends StoreBench {
    /** More than a store may take in one portion. */
    private static final int MANY = 300;

    protected EngineStore store;
    protected NodeId node;

    @BeforeEach
    final void open_the_first_store() {
        store = another();
        node = store.nodes().join("here");
    }

    @Test
    void what_was_stored_is_read_back_whole() {
        StoredOrder row = order(
                "1",
                order -> order.organization("acme")
                        .idempotencyKey("key")
                        .concurrency("desk", 3)
                        .metadata("customer", "odd \u0000 \uD83D 😀")
                        .variable("name", "Dana"));
        HistoryEntry placed = new HistoryEntry(NOON, OrderStatus.SCHEDULED, HistoryEntry.Cause.PLACED, "now \u0000");
        OutboxEntry told = new OutboxEntry("event", OutboxEntry.Channel.WEBHOOK, NOON);
        StoredAttempt attempt = attempt("a", node);

        store.commit(Transition.insert(row).with(attempt).with(placed).with(told));

        assertThat(store.order(row.key())).contains(row);
        assertThat(store.orderByIdempotencyKey(new TenantKey(Optional.of("acme"), "key")))
                .contains(row);
        assertThat(store.attempts(row.key())).containsExactly(attempt);
        assertThat(store.history(row.key())).containsExactly(placed);
        assertThat(store.outbox(row.key())).containsExactly(told);
        assertThat(another().order(row.key())).contains(row);
    }

    @Test
    void a_change_replaces_the_order_and_its_attempts_and_adds_to_its_life() {
        StoredOrder row = order("1");
        store.commit(Transition.insert(row).with(line("placed")));
        StoredOrder called = calling(row);
        StoredAttempt first = attempt("b", node);
        store.commit(
                Transition.change(row, called).with(first).with(line("one")).with(line("two")));
        StoredOrder settled = new StoredOrder(
                called.order()
                        .withOutcome(Optional.empty(), Optional.of("Said \u0000 yes."), NOON)
                        .withPaused(true, NOON.plusNanos(1)),
                Optional.of(NOON.minusNanos(1)),
                true);
        StoredAttempt over = first.withAttempt(ended(first)).withAnalysis(StoredAttempt.AnalysisState.DONE);
        StoredAttempt second = attempt("a", node);
        store.commit(Transition.change(called, settled).with(over).with(second).with(line("three")));

        assertThat(store.order(row.key())).contains(settled);
        assertThat(store.attempts(row.key())).containsExactly(second, over);
        assertThat(store.history(row.key()))
                .extracting(HistoryEntry::why)
                .containsExactly("placed", "one", "two", "three");
    }

    private static HistoryEntry line(String why) {
        return new HistoryEntry(NOON, OrderStatus.SCHEDULED, HistoryEntry.Cause.PLANNED, why);
    }

    @Test
    void of_many_changes_those_that_met_a_conflict_are_given_back_and_have_stored_nothing() {
        List<StoredOrder> rows = new ArrayList<>();
        List<StoredAttempt> attempts = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            StoredOrder row = order("many-" + i, order -> order.organization("ac\u0000me"));
            attempts.add(attempt("attempt-" + i, node));
            store.commit(Transition.insert(row).with(attempts.get(i)));
            rows.add(row);
        }
        StoredOrder moved = calling(rows.get(7));
        store.commit(Transition.change(rows.get(7), moved));
        StoredOrder claimedOnce = calling(rows.get(8));
        store.commit(Transition.change(rows.get(8), claimedOnce).claiming());
        StoredOrder claimedTwice = calling(claimedOnce);
        store.commit(Transition.change(claimedOnce, claimedTwice).claiming());
        List<StoredAttempt> closed =
                attempts.stream().map(each -> each.lost(ended(each), NOON)).toList();
        List<Transition> changes = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            StoredOrder from = i == 8 ? claimedTwice : rows.get(i);
            Transition change = Transition.change(from, next(from, OrderStatus.SCHEDULED, Optional.of(NOON)))
                    .with(closed.get(i))
                    .with(line("closed"));
            changes.add(i == 8 ? change.fenced(claimedOnce.order().version()) : change.claiming());
        }

        assertThat(store.commitAll(changes)).containsExactlyInAnyOrder(changes.get(7), changes.get(8));

        List<OrderKey> keys = rows.stream().map(StoredOrder::key).toList();
        List<StoredOrder> stored =
                new ArrayList<>(changes.stream().map(Transition::order).toList());
        stored.set(7, moved);
        stored.set(8, claimedTwice);
        assertThat(store.orders(keys)).containsExactlyInAnyOrderElementsOf(stored);
        Map<OrderKey, List<StoredAttempt>> found = store.attempts(keys);
        for (int i = 0; i < MANY; i++) {
            boolean conflicted = i == 7 || i == 8;
            assertThat(found.get(keys.get(i))).containsExactly(conflicted ? attempts.get(i) : closed.get(i));
            assertThat(store.history(keys.get(i))).hasSize(conflicted ? 0 : 1);
        }
        StoredOrder first = stored.getFirst();
        StoredOrder again = calling(first);
        assertThat(store.commitAll(List.of(Transition.change(first, again).claiming())))
                .isEmpty();
        Transition late =
                Transition.change(again, calling(again)).fenced(first.order().version());
        assertThat(conflict(store, late))
                .as("a change among many claims its order too")
                .isEqualTo(Reason.FENCED);
    }

    @Test
    void among_many_orders_those_that_are_not_there_are_left_out() {
        StoredOrder here = order("here", order -> order.organization("acme"));
        StoredOrder ofNobody = order("here");
        store.commit(Transition.insert(here).with(attempt("a", node)));
        store.commit(Transition.change(here, calling(here)).with(attempt("b", node)));
        store.commit(Transition.insert(ofNobody));
        List<OrderKey> keys = List.of(here.key(), ofNobody.key(), new OrderKey(Optional.of("other"), "here"));

        assertThat(store.orders(keys)).containsExactlyInAnyOrder(calling(here), ofNobody);
        assertThat(store.attempts(keys).get(here.key()))
                .extracting(each -> each.attempt().id())
                .containsExactly("b", "a");
        assertThat(store.orders(List.of())).isEmpty();
        assertThat(store.attempts(List.of())).isEmpty();
        assertThat(store.commitAll(List.of())).isEmpty();
    }

    @Test
    void a_change_made_from_an_old_version_stores_nothing() {
        StoredOrder row = order("1", order -> order.concurrency("desk", 1));
        store.commit(Transition.insert(row));
        StoredOrder called = calling(row);
        store.commit(Transition.change(row, called));

        Transition late = Transition.change(row, next(row, OrderStatus.CANCELLED, Optional.empty()))
                .with(attempt("a", node))
                .with(line("late"))
                .with(new OutboxEntry("event", OutboxEntry.Channel.WEBHOOK, NOON));

        assertThat(conflict(store, late)).isEqualTo(Reason.VERSION);
        assertThat(conflict(store, Transition.insert(row))).isEqualTo(Reason.VERSION);
        assertThat(store.order(row.key())).contains(called);
        assertThat(store.attempts(row.key())).isEmpty();
        assertThat(store.history(row.key())).isEmpty();
        assertThat(store.outbox(row.key())).isEmpty();
        assertThat(store.liveAttempts(new TenantKey(Optional.empty(), "desk"), NOON))
                .isZero();
    }

    @Test
    void a_change_of_an_order_that_is_not_there_conflicts() {
        StoredOrder row = order("1");

        assertThat(conflict(store, Transition.change(row, calling(row)))).isEqualTo(Reason.VERSION);
        assertThat(store.order(row.key())).isEmpty();
    }

    @Test
    void tenants_do_not_see_each_other() {
        StoredOrder none = order("1", order -> order.idempotencyKey("key"));
        StoredOrder acme = order("1", order -> order.organization("acme").idempotencyKey("key"));
        store.commit(Transition.insert(none));
        store.commit(Transition.insert(acme));
        store.commit(Transition.change(acme, calling(acme)).with(attempt("a", node)));

        assertThat(store.order(none.key())).contains(none);
        assertThat(store.order(new OrderKey(Optional.of("other"), "1"))).isEmpty();
        assertThat(store.order(new OrderKey(Optional.of(""), "1"))).isEmpty();
        assertThat(store.attempts(none.key())).isEmpty();
        assertThat(store.attemptStarts(Optional.of("acme"), NUMBER, NOON)).containsExactly(NOON);
        assertThat(store.attemptStarts(Optional.empty(), NUMBER, NOON)).isEmpty();
        assertThat(ids(OrderQuery.of(Optional.empty()).build())).containsExactly("1");
        assertThat(conflict(
                        store,
                        Transition.insert(
                                order("2", order -> order.organization("acme").idempotencyKey("key")))))
                .isEqualTo(Reason.IDEMPOTENCY_KEY);
    }

    @Test
    void a_hundred_orders_with_one_key_become_one() throws Exception {
        EngineStore other = another();
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            EngineStore at = i % 2 == 0 ? store : other;
            StoredOrder row = order("order-" + i, order -> order.idempotencyKey("key"));
            tasks.add(() -> tryCommit(at, Transition.insert(row).with(line("placed"))));
        }

        assertThat(together(tasks)).containsOnlyOnce(true);
        StoredOrder stored = store.orderByIdempotencyKey(new TenantKey(Optional.empty(), "key"))
                .orElseThrow();
        assertThat(ids(OrderQuery.of(Optional.empty()).limit(1000).build()))
                .containsExactly(stored.order().id());
        assertThat(store.history(stored.key())).hasSize(1);
    }

    @Test
    void of_changes_made_at_the_same_time_from_one_version_one_is_stored() throws Exception {
        EngineStore other = another();
        StoredOrder row = order("1");
        store.commit(Transition.insert(row));
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            EngineStore at = i % 2 == 0 ? store : other;
            String why = "writer " + i;
            tasks.add(() -> tryCommit(at, Transition.change(row, calling(row)).with(line(why))));
        }

        assertThat(together(tasks)).containsOnlyOnce(true);
        assertThat(store.history(row.key())).hasSize(1);
    }

    @Test
    void waiting_orders_are_overdue_in_the_order_of_their_instants() {
        StoredOrder later = due("later", 2);
        StoredOrder first = due("first", 1);
        StoredOrder never = due("future", 100);
        StoredOrder paused = new StoredOrder(order("paused").order().withPaused(true, NOON), Optional.of(NOON), false);
        StoredOrder queued = queued("queued", "desk", 1, NOON);
        List.of(later, first, never, paused, queued).forEach(row -> store.commit(Transition.insert(row)));

        assertThat(store.overdue(NOON.plusSeconds(2), 10)).containsExactly(first.key(), later.key());
        assertThat(store.overdue(NOON.plusSeconds(2).minusNanos(1), 10)).containsExactly(first.key());
        assertThat(store.overdue(NOON.plusSeconds(200), 2)).containsExactly(first.key(), later.key());
    }

    private static StoredOrder due(String id, long seconds) {
        return StoredOrder.of(
                order(id).order().withStatus(OrderStatus.SCHEDULED, NOON), Optional.of(NOON.plusSeconds(seconds)));
    }

    @Test
    void settled_orders_are_unreported_until_they_are_reported() {
        StoredOrder row = order("1");
        StoredOrder settled = new StoredOrder(
                row.order().withStatus(OrderStatus.COMPLETED, NOON.plusSeconds(5)), Optional.empty(), false);
        store.commit(Transition.insert(row));
        assertThat(store.unreported(NOON.plusSeconds(60), 10)).isEmpty();
        store.commit(Transition.change(row, settled));

        assertThat(store.unreported(NOON.plusSeconds(5), 10)).isEmpty();
        assertThat(store.unreported(NOON.plusSeconds(6), 10)).containsExactly(row.key());
        store.commit(
                Transition.change(settled, new StoredOrder(settled.order().touched(NOON), Optional.empty(), true)));
        assertThat(store.unreported(NOON.plusSeconds(60), 10)).isEmpty();
    }

    @Test
    void live_attempts_belong_to_their_node_until_it_is_gone() {
        StoredOrder row = order("1");
        StoredOrder other = order("2");
        store.commit(Transition.insert(row).with(attempt("a", node)));
        store.commit(Transition.insert(other).with(attempt("b", node)));
        store.commit(Transition.change(other, next(other, OrderStatus.CANCELLED, Optional.empty())));

        assertThat(store.held(node)).extracting(owned -> owned.attemptId()).containsExactlyInAnyOrder("a", "b");
        assertThat(store.cancelled(node)).extracting(owned -> owned.order()).containsExactly(other.key());
        assertThat(store.orphans(10)).isEmpty();
        store.nodes().leave(node);
        assertThat(store.orphans(10)).containsExactlyInAnyOrderElementsOf(store.held(node));
        assertThat(store.orphans(1)).hasSize(1);

        StoredAttempt live = attempt("a", node);
        store.commit(Transition.change(row, calling(row)).with(live.lost(ended(live), NOON.plusSeconds(300))));
        assertThat(store.orphans(10)).extracting(owned -> owned.attemptId()).containsExactly("b");
    }

    @Test
    void attempts_to_a_number_are_counted_from_an_instant_on() {
        StoredOrder row = order("1");
        store.commit(Transition.insert(row).with(attempt("a", node)));

        assertThat(store.attemptStarts(Optional.empty(), NUMBER, NOON)).containsExactly(NOON);
        assertThat(store.attemptStarts(Optional.empty(), NUMBER, NOON.plusNanos(1)))
                .isEmpty();
        assertThat(store.attemptStarts(Optional.empty(), PhoneNumber.of("+14155550101"), NOON))
                .isEmpty();
    }

    @Test
    void pages_hold_every_order_once_newest_first_while_orders_come() {
        for (int i = 10; i < 35; i++) {
            store.commit(Transition.insert(created("order-" + i, i / 5)));
        }
        List<String> seen = new ArrayList<>();
        OrderQuery query = OrderQuery.of(Optional.empty()).limit(7).build();
        Optional<OrderCursor> next = Optional.empty();
        do {
            OrderPage page = store.search(next.map(query::from).orElse(query));
            page.orders().forEach(row -> seen.add(row.order().id()));
            next = page.next().map(cursor -> OrderCursor.parse(cursor.text()));
            store.commit(Transition.insert(created("newer-" + seen.size(), 100)));
        } while (next.isPresent());

        List<String> expected = new ArrayList<>();
        for (int i = 34; i >= 10; i--) {
            expected.add("order-" + i);
        }
        assertThat(seen).isEqualTo(expected);
    }

    private static StoredOrder created(String id, long seconds) {
        StoredOrder row = order(id);
        var order = row.order();
        return row.with(dev.revox.order.PlacedOrder.accepted(
                dev.revox.order.CallOrder.to(NUMBER.e164()).build(),
                id,
                order.assistant(),
                order.zones(),
                NOON.plusSeconds(seconds)));
    }

    @Test
    void each_condition_of_a_search_narrows_it() {
        StoredOrder plain = order("plain");
        StoredOrder tagged =
                order("tagged", order -> order.metadata("list", "May").metadata("batch", "7"));
        StoredOrder owned = plain.with(order("owned").order().withCampaign(new CampaignRef("campaign", "May's list")));
        List.of(plain, tagged, owned, queued("queued", "desk", 1, NOON))
                .forEach(row -> store.commit(Transition.insert(row)));
        OrderQuery.Builder all = OrderQuery.of(Optional.empty());

        assertThat(ids(all.build())).containsExactlyInAnyOrder("plain", "tagged", "owned", "queued");
        assertThat(ids(fresh().status(OrderStatus.QUEUED_FOR_CALLING).build())).containsExactly("queued");
        assertThat(ids(fresh().metadata("list", "May").build())).containsExactly("tagged");
        assertThat(ids(fresh().metadata("list", "May").metadata("batch", "7").build()))
                .containsExactly("tagged");
        assertThat(ids(fresh().metadata("list", "May").metadata("batch", "8").build()))
                .isEmpty();
        assertThat(ids(fresh().campaign("campaign").build())).containsExactly("owned");
        assertThat(ids(fresh().to(NUMBER).build())).hasSize(4);
        assertThat(ids(fresh().to(PhoneNumber.of("+14155550199")).build())).isEmpty();
        assertThat(ids(fresh().createdFrom(NOON)
                        .createdBefore(NOON.plusNanos(1))
                        .build()))
                .hasSize(4);
        assertThat(ids(fresh().createdFrom(NOON.plusNanos(1)).build())).isEmpty();
        assertThat(ids(fresh().createdBefore(NOON).build())).isEmpty();
    }

    private static OrderQuery.Builder fresh() {
        return OrderQuery.of(Optional.empty());
    }

    @Test
    void tagged_orders_are_paged_too() {
        for (int i = 0; i < 9; i++) {
            store.commit(Transition.insert(order("order-" + i, order -> order.metadata("list", "May"))));
        }
        OrderQuery query = fresh().metadata("list", "May").limit(4).build();
        List<String> seen = new ArrayList<>();
        for (Optional<OrderQuery> page = Optional.of(query); page.isPresent(); ) {
            OrderPage found = store.search(page.get());
            found.orders().forEach(row -> seen.add(row.order().id()));
            page = found.next().map(query::from);
        }
        assertThat(seen).hasSize(9).doesNotHaveDuplicates();
    }

    private List<String> ids(OrderQuery query) {
        return store.search(query).orders().stream()
                .map(row -> row.order().id())
                .toList();
    }

    @Test
    void an_instant_far_away_is_kept_as_such() {
        StoredOrder row = StoredOrder.of(
                order("1").order().withStatus(OrderStatus.SCHEDULED, NOON),
                Optional.of(NOON.plus(Duration.ofDays(366 * 100))));
        store.commit(Transition.insert(row));

        assertThat(store.order(row.key())).contains(row);
        assertThat(store.overdue(NOON, 10)).isEmpty();
    }
}
