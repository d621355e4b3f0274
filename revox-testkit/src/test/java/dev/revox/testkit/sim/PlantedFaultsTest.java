package dev.revox.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.line.LineLimits;
import dev.revox.order.OrderKey;
import dev.revox.order.OrderStatus;
import dev.revox.order.PlacedOrder;
import dev.revox.schedule.CallingWindow;
import dev.revox.schedule.RetryPolicy;
import dev.revox.schedule.WallTime;
import dev.revox.store.Beginning;
import dev.revox.store.EngineStore;
import dev.revox.store.StoreUnavailableException;
import dev.revox.store.StoredOrder;
import dev.revox.store.Transition;
import dev.revox.store.memory.MemoryStore;
import dev.revox.store.search.OrderQuery;
import dev.revox.testkit.sim.check.Promise;
import dev.revox.testkit.sim.check.Violation;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A world with a defect in it: each is found, under the promise that it breaks. */
class PlantedFaultsTest {
    private static final int MINUTES_PER_DAY = 1440;

    @BeforeAll
    static void engines_are_silent() {
        SimWorldTest.engines_are_silent();
    }

    @AfterAll
    static void engines_speak_again() {
        SimWorldTest.engines_speak_again();
    }

    private static SimWorldBuilder world() {
        return SimWorldTest.rush(31).orders(150).lasting(Duration.ofHours(6)).line(LineLimits.of("trunk", 2, 1));
    }

    @Test
    void a_world_without_a_planted_fault_keeps_its_promises() {
        assertThat(found(UnaryOperator.identity(), Optional::of)).isEmpty();
    }

    @Test
    void a_line_that_dials_twice_is_found() {
        List<Violation> found = world().invitesPerDial(2).build().run().violations();

        assertThat(found)
                .extracting(Violation::promise)
                .contains(Promise.ONE_INVITE_PER_ATTEMPT, Promise.ONE_CALL_AT_A_TIME);
        Violation first = found.getFirst();
        assertThat(first.toString())
                .contains("seed=31", "order=" + first.order(), "at=" + first.at(), "INVITE of attempt");
    }

    @Test
    void a_store_that_forgets_a_commit_is_found() {
        int[] commits = new int[1];
        List<Violation> found =
                found(UnaryOperator.identity(), change -> ++commits[0] == 100 ? Optional.empty() : Optional.of(change));

        assertThat(found).extracting(Violation::promise).contains(Promise.NO_LOST_CHANGE);
    }

    @Test
    void a_store_that_denies_what_it_has_stored_is_found() {
        MemoryStore shared = new MemoryStore();
        int[] commits = new int[1];
        List<Violation> found = world().stores(door -> {
                    MemoryStore own = shared.another();
                    return intercepted(own, "none", UnaryOperator.identity(), change -> {
                        if (++commits[0] != 100) {
                            return Optional.of(change);
                        }
                        own.commit(change);
                        door.committed();
                        throw StoreUnavailableException.of(
                                StoreUnavailableException.Reason.UNREACHABLE, "not stored", new IOException("broken"));
                    });
                })
                .build()
                .run()
                .violations();

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().promise()).isEqualTo(Promise.NO_LOST_CHANGE);
        assertThat(found.getFirst().toString()).contains("was not stored, and it was");
    }

    @Test
    void a_planner_that_is_off_by_an_hour_is_found() {
        List<Violation> found = found(PlantedFaultsTest::anHourLater, Optional::of);

        assertThat(found).extracting(Violation::promise).contains(Promise.WITHIN_WINDOW);
    }

    @Test
    void a_store_that_judges_no_slots_is_found() {
        MemoryStore shared = new MemoryStore();
        List<Violation> found = world().stores(name -> {
                    MemoryStore own = shared.another();
                    return intercepted(
                            own, "dialable", asked -> queued(own), change -> Optional.of(withoutSlot(change)));
                })
                .build()
                .run()
                .violations();

        assertThat(found).extracting(Violation::promise).contains(Promise.KEY_LIMIT);
    }

    private static List<OrderKey> queued(EngineStore store) {
        OrderQuery query = OrderQuery.of(Optional.empty())
                .status(OrderStatus.QUEUED_FOR_CALLING)
                .build();
        return store.search(query).orders().stream().map(StoredOrder::key).toList();
    }

    private static Transition withoutSlot(Transition change) {
        return change.beginning()
                .map(asked ->
                        change.beginning(new Beginning(asked.node(), Optional.empty(), asked.budget(), asked.now())))
                .orElse(change);
    }

    @Test
    void a_store_that_judges_no_line_is_found() {
        List<Violation> found = found(
                UnaryOperator.identity(),
                change -> Optional.of(change.beginning()
                        .map(asked -> change.beginning(
                                new Beginning(asked.node(), asked.slot(), Optional.empty(), asked.now())))
                        .orElse(change)));

        assertThat(found).extracting(Violation::promise).contains(Promise.LINE_CAPACITY, Promise.LINE_PACE);
    }

    @Test
    void a_report_that_is_never_told_is_found() {
        List<Violation> found = found(
                row -> row.order().settled() ? new StoredOrder(row.order(), row.dueAt(), true) : row, Optional::of);

        assertThat(found).extracting(Violation::promise).contains(Promise.REPORTED_ONCE);
    }

    private static List<Violation> found(
            UnaryOperator<StoredOrder> whenRead, Function<Transition, Optional<Transition>> whenWritten) {
        MemoryStore shared = new MemoryStore();
        return world().stores(name -> intercepted(
                        shared.another(),
                        "order",
                        row -> ((Optional<?>) row).map(StoredOrder.class::cast).map(whenRead),
                        whenWritten))
                .build()
                .run()
                .violations();
    }

    private static StoredOrder anHourLater(StoredOrder row) {
        PlacedOrder order = row.order();
        RetryPolicy policy = order.retryPolicy();
        RetryPolicy shifted = policy.toBuilder()
                .windows(policy.windows().stream()
                        .map(window -> new CallingWindow(
                                hourLater(window.start()), hourLater(window.end()), window.retryDelay()))
                        .toList())
                .build();
        return row.with(order.withEffective(order.organizationId(), order.from(), shifted, order.model()));
    }

    private static WallTime hourLater(WallTime time) {
        return new WallTime((time.minuteOfDay() + 60) % MINUTES_PER_DAY);
    }

    /** A store that answers one question, and writes, otherwise than it was told to. */
    private static EngineStore intercepted(
            EngineStore store,
            String question,
            UnaryOperator<Object> whenAsked,
            Function<Transition, Optional<Transition>> whenWritten) {
        return (EngineStore) Proxy.newProxyInstance(
                EngineStore.class.getClassLoader(), new Class<?>[] {EngineStore.class}, (proxy, method, given) -> {
                    if (method.getName().equals("commit")) {
                        whenWritten.apply((Transition) given[0]).ifPresent(store::commit);
                        return null;
                    }
                    try {
                        Object answer = method.invoke(store, given);
                        return method.getName().equals(question) ? whenAsked.apply(answer) : answer;
                    } catch (InvocationTargetException fault) {
                        throw fault.getCause();
                    }
                });
    }
}
