package dev.revox.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.revox.attempt.AttemptStatus;
import dev.revox.attempt.CallAttempt;
import dev.revox.attempt.DialError;
import dev.revox.fake.Fixtures;
import dev.revox.line.MediaReport;
import dev.revox.line.SipFailure;
import dev.revox.line.SipFailure.RetryAdvice;
import dev.revox.order.CallOrder;
import dev.revox.order.OrderStatus;
import dev.revox.order.PlacedOrder;
import dev.revox.phone.RecipientZones;
import dev.revox.resource.SuppressionEntry;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredAttempt.AnalysisState;
import dev.revox.store.StoredOrder;
import dev.revox.store.node.NodeId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a line says about trying again outranks the kind of its failure. */
class SettlementTest {

    private static final Instant NOON = Instant.parse("2026-08-03T10:00:00Z");

    private final PlacedOrder order = PlacedOrder.accepted(
                    CallOrder.to(Fixtures.DANA.e164())
                            .assistant(Fixtures.assistant())
                            .build(),
                    "order-1",
                    Fixtures.assistant(),
                    RecipientZones.fixed(ZoneId.of("Europe/Paris")),
                    NOON)
            .withStatus(OrderStatus.CALLING, NOON);

    private static StoredAttempt failed(DialError error, Optional<RetryAdvice> advice) {
        CallAttempt live = CallAttempt.queued("attempt-1", Fixtures.DANA, NOON);
        CallAttempt ended = new CallAttempt(
                live.id(),
                live.phoneNumber(),
                AttemptStatus.ERROR,
                live.startedAt(),
                Optional.empty(),
                Optional.of(NOON.plusSeconds(9)),
                Optional.empty(),
                Optional.of(error),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        SipFailure raw = new SipFailure(OptionalInt.of(603), OptionalInt.empty(), Optional.empty(), "trunk", advice);
        return StoredAttempt.of(live, new NodeId("here", 1), Optional.empty())
                .ended(ended, Optional.of(raw), MediaReport.NONE, List.of(), AnalysisState.NONE);
    }

    @ParameterizedTest
    @EnumSource
    void what_the_line_advises_is_done_whatever_the_error(DialError error) {
        assertThat(Settlement.of(order, failed(error, Optional.of(RetryAdvice.NEVER))))
                .contains(OrderStatus.ERRORED);
        assertThat(Settlement.of(order, failed(error, Optional.of(RetryAdvice.NEVER_AND_SUPPRESS))))
                .contains(OrderStatus.ERRORED);
        assertThat(Settlement.of(order, failed(error, Optional.of(RetryAdvice.RETRY))))
                .isEmpty();
        assertThat(Settlement.of(order, failed(error, Optional.of(RetryAdvice.RETRY_UNCOUNTED))))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void only_a_refusal_for_load_does_not_count(DialError error) {
        assertThat(Settlement.countedAttempts(List.of(failed(error, Optional.of(RetryAdvice.RETRY_UNCOUNTED)))))
                .isZero();
        assertThat(Settlement.countedAttempts(List.of(failed(error, Optional.of(RetryAdvice.RETRY)))))
                .isOne();
        assertThat(Settlement.countedAttempts(List.of(failed(error, Optional.empty()))))
                .isEqualTo(error == DialError.TOO_MANY_CALLS ? 0 : 1);
    }

    @Test
    void a_line_without_advice_leaves_it_to_the_error() {
        assertThat(Settlement.of(order, failed(DialError.BUSY, Optional.empty())))
                .isEmpty();
        assertThat(Settlement.of(order, failed(DialError.NUMBER_NON_ATTRIBUTED, Optional.empty())))
                .contains(OrderStatus.ERRORED);
    }

    @Test
    void a_number_that_was_refused_as_unwanted_is_called_no_more() {
        assertThat(suppressedAfter(Optional.of(RetryAdvice.NEVER_AND_SUPPRESS)))
                .containsExactly(new SuppressionEntry(
                        Optional.empty(),
                        Fixtures.DANA,
                        SuppressionEntry.REFUSED_AS_UNWANTED,
                        NOON.plusSeconds(9),
                        Optional.of("order-1")));
        assertThat(suppressedAfter(Optional.of(RetryAdvice.NEVER))).isEmpty();
        assertThat(suppressedAfter(Optional.empty())).isEmpty();
    }

    private List<SuppressionEntry> suppressedAfter(Optional<RetryAdvice> advice) {
        OrderStep.End end = new OrderStep.End(
                failed(DialError.NON_CLASSIFIED_ERROR, advice), new Sequel.Settled(OrderStatus.ERRORED, "why"), 7);
        Change change = OrderLife.after(StoredOrder.of(order, Optional.empty()), end, NOON.plusSeconds(9));
        return ((Change.To) change).transition().suppressions();
    }
}
