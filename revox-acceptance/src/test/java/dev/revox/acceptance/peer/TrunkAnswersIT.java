package dev.revox.acceptance.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.revox.CallHandle;
import dev.revox.acceptance.world.AcceptanceWorld;
import dev.revox.acceptance.world.AcceptanceWorld.Options;
import dev.revox.acceptance.world.AcceptanceWorld.Outcome;
import dev.revox.acceptance.world.Eventually;
import dev.revox.attempt.CallAttempt;
import dev.revox.attempt.DialError;
import dev.revox.event.CallEvent;
import dev.revox.line.LegEvent;
import dev.revox.line.SipFailure;
import dev.revox.line.SipFailure.RetryAdvice;
import dev.revox.order.CallOrder;
import dev.revox.order.OrderKey;
import dev.revox.order.OrderStatus;
import dev.revox.phone.PhoneNumber;
import dev.revox.schedule.RetryPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a carrier says instead of connecting a call: what it becomes for the order, and whether it is tried again. */
class TrunkAnswersIT {

    private static final int NOBODY = 9;
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration RETRY_DELAY = Duration.ofHours(1);

    /** What a status of the trunk means; {@code cause} is the Q.850 cause that the trunk sends with it, 0 for none. */
    private record Meaning(int status, int cause, DialError error, RetryAdvice advice) {}

    private static final List<Meaning> MEANINGS = List.of(
            new Meaning(402, 0, DialError.PRECONDITION_FAILED, RetryAdvice.NEVER),
            new Meaning(403, 0, DialError.PRECONDITION_FAILED, RetryAdvice.NEVER),
            new Meaning(404, 1, DialError.NUMBER_NON_ATTRIBUTED, RetryAdvice.NEVER),
            new Meaning(408, 0, DialError.TEMPORARILY_UNAVAILABLE, RetryAdvice.RETRY),
            new Meaning(410, 0, DialError.NUMBER_NON_ATTRIBUTED, RetryAdvice.NEVER),
            new Meaning(412, 0, DialError.PRECONDITION_FAILED, RetryAdvice.NEVER),
            new Meaning(480, 19, DialError.NO_ANSWER, RetryAdvice.RETRY),
            new Meaning(484, 0, DialError.NUMBER_NON_ATTRIBUTED, RetryAdvice.NEVER),
            new Meaning(486, 17, DialError.BUSY, RetryAdvice.RETRY),
            new Meaning(487, 0, DialError.NON_CLASSIFIED_ERROR, RetryAdvice.RETRY),
            new Meaning(488, 0, DialError.PRECONDITION_FAILED, RetryAdvice.NEVER),
            new Meaning(500, 0, DialError.NON_CLASSIFIED_ERROR, RetryAdvice.RETRY),
            new Meaning(502, 0, DialError.TEMPORARILY_UNAVAILABLE, RetryAdvice.RETRY),
            new Meaning(503, 0, DialError.TEMPORARILY_UNAVAILABLE, RetryAdvice.RETRY),
            new Meaning(504, 0, DialError.TEMPORARILY_UNAVAILABLE, RetryAdvice.RETRY),
            new Meaning(580, 0, DialError.PRECONDITION_FAILED, RetryAdvice.NEVER),
            new Meaning(600, 0, DialError.BUSY, RetryAdvice.RETRY),
            new Meaning(603, 0, DialError.BUSY, RetryAdvice.RETRY),
            new Meaning(604, 0, DialError.NUMBER_NON_ATTRIBUTED, RetryAdvice.NEVER),
            new Meaning(606, 0, DialError.PRECONDITION_FAILED, RetryAdvice.NEVER),
            new Meaning(607, 0, DialError.NON_CLASSIFIED_ERROR, RetryAdvice.NEVER_AND_SUPPRESS),
            new Meaning(608, 0, DialError.NON_CLASSIFIED_ERROR, RetryAdvice.NEVER_AND_SUPPRESS));

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static Optional<KamailioTrunk> carrier = Optional.empty();

    @BeforeAll
    static void start() {
        carrier = Optional.of(KamailioTrunk.start(shared.resolve("kamailio"), NOBODY, "MD5"));
    }

    @AfterAll
    static void stop() {
        carrier.ifPresent(KamailioTrunk::close);
    }

    private static KamailioTrunk carrier() {
        return carrier.orElseThrow();
    }

    static List<Arguments> meanings() {
        return MEANINGS.stream()
                .map(meaning -> Arguments.of(meaning.status(), meaning))
                .toList();
    }

    @Execution(CONCURRENT)
    @ParameterizedTest(name = "{0}")
    @MethodSource("meanings")
    void a_status_is_a_dial_error_with_advice_on_trying_again(int status, Object expected) {
        Meaning meaning = (Meaning) expected;
        try (BareLine line = BareLine.on(carrier().trunk())) {
            LegEvent.DialFailed failed = line.dial("+15550100" + status).told(LegEvent.DialFailed.class);

            assertThat(failed.error()).isEqualTo(meaning.error());
            SipFailure raw = failed.raw();
            assertThat(raw.retry()).contains(meaning.advice());
            assertThat(raw.sipStatus()).hasValue(status);
            assertThat(raw.q850Cause())
                    .isEqualTo(meaning.cause() == 0 ? OptionalInt.empty() : OptionalInt.of(meaning.cause()));
            assertThat(raw.reasonPhrase()).contains("As Dialled");
            assertThat(raw.trunk()).isEqualTo("carrier");
        }
    }

    /** The same numbers as orders with three attempts an hour apart: what is planned after the first one. */
    @Execution(CONCURRENT)
    @Test
    void an_order_is_planned_again_or_settled_or_its_number_is_called_no_more() {
        try (AcceptanceWorld world =
                AcceptanceWorld.dialling(folder.resolve("rec"), carrier().trunk())) {
            Map<Meaning, CallHandle> placed = new LinkedHashMap<>();
            MEANINGS.forEach(meaning -> placed.put(meaning, world.engine().place(patient(meaning.status()))));

            placed.forEach((meaning, handle) -> {
                Eventually.until(PATIENCE, () -> decided(world, handle.key()), () -> meaning + " in " + world.events());
                CallAttempt attempt =
                        world.engine().attempts(handle.key()).getFirst().attempt();
                assertThat(attempt.dialError()).as("%s", meaning).contains(meaning.error());
                assertThat(attempt.answeredAt()).isEmpty();
                asAdvised(world, meaning, handle.key(), attempt.endedAt().orElseThrow());
            });
        }
    }

    private static CallOrder patient(int status) {
        return CallOrder.to("+15550100" + status)
                .forceNow()
                .assistant(ParkingTalk.agent())
                .variable("name", "Dana")
                .retryPolicy(RetryPolicy.builder()
                        .everyDay()
                        .window("00:00", "24:00", RETRY_DELAY)
                        .maxAttempts(3)
                        .timezone(ZoneId.of("America/New_York"))
                        .build())
                .build();
    }

    private static boolean decided(AcceptanceWorld world, OrderKey key) {
        List<CallEvent> news = world.events().stream()
                .filter(event -> event.order().equals(key))
                .toList();
        int ended = -1;
        for (int i = 0; i < news.size(); i++) {
            ended = news.get(i) instanceof CallEvent.AttemptEnded ? i : ended;
        }
        return ended >= 0
                && news.subList(ended, news.size()).stream()
                        .anyMatch(event -> event instanceof CallEvent.Settled || event instanceof CallEvent.Planned);
    }

    private static void asAdvised(AcceptanceWorld world, Meaning meaning, OrderKey key, Instant endedAt) {
        OrderStatus status = world.engine().get(key).orElseThrow().order().status();
        boolean called = world.engine()
                .suppressions()
                .find(PhoneNumber.of("+15550100" + meaning.status()))
                .isEmpty();
        assertThat(called).as("%s", meaning).isEqualTo(meaning.advice() != RetryAdvice.NEVER_AND_SUPPRESS);
        if (meaning.advice() == RetryAdvice.RETRY) {
            assertThat(status).as("%s", meaning).isIn(OrderStatus.SCHEDULED, OrderStatus.QUEUED_FOR_CALLING);
            Instant due = world.events().stream()
                    .filter(event -> event.order().equals(key))
                    .filter(CallEvent.Planned.class::isInstance)
                    .map(event -> ((CallEvent.Planned) event).dueAt())
                    .flatMap(Optional::stream)
                    .reduce((first, last) -> last)
                    .orElseThrow();
            assertThat(due)
                    .as("%s", meaning)
                    .isBetween(
                            endedAt.plus(RETRY_DELAY).minusSeconds(5),
                            endedAt.plus(RETRY_DELAY).plusSeconds(60));
        } else {
            assertThat(status).as("%s", meaning).isEqualTo(OrderStatus.ERRORED);
        }
    }

    @Execution(CONCURRENT)
    @Test
    void s05_a_number_that_rings_for_too_long_is_cancelled() {
        try (KamailioTrunk trunk = KamailioTrunk.start(folder.resolve("kamailio"), NOBODY, "MD5");
                BareLine line = BareLine.on(trunk.trunk())) {
            BareLeg leg = line.dial("+15550100999", Duration.ofSeconds(2));

            LegEvent.DialFailed failed = leg.told(LegEvent.DialFailed.class);

            assertThat(leg.events).hasAtLeastOneElementOfType(LegEvent.Ringing.class);
            assertThat(failed.error()).isEqualTo(DialError.NO_ANSWER);
            assertThat(failed.raw().sipStatus()).hasValue(487);
            assertThat(failed.raw().retry()).contains(RetryAdvice.RETRY);
            assertThat(line.trace(leg)).contains("CANCEL sip:+15", "SIP/2.0 487");
        }
    }

    @Execution(CONCURRENT)
    @Test
    void an_attempt_that_nobody_answers_is_no_answer() {
        try (KamailioTrunk trunk = KamailioTrunk.start(folder.resolve("kamailio"), NOBODY, "MD5");
                AcceptanceWorld world = AcceptanceWorld.dialling(
                        folder.resolve("rec"),
                        trunk.trunk(),
                        Options.NONE.engine(engine -> engine.ringTimeout(Duration.ofSeconds(2))))) {

            Outcome outcome = world.call(ParkingTalk.order(ParkingTalk.agent(), "+15550100999"));

            assertThat(outcome.row().attempt().dialError()).contains(DialError.NO_ANSWER);
            assertThat(outcome.row().failure().orElseThrow().sipStatus()).hasValue(487);
            assertThat(outcome.report().order().status()).isEqualTo(OrderStatus.COMPLETED);
        }
    }

    @Execution(CONCURRENT)
    @Test
    void s17_a_wrong_password_is_a_failed_precondition() {
        try (AcceptanceWorld world =
                AcceptanceWorld.dialling(folder.resolve("rec"), carrier().trunk("wrong"))) {
            assertThat(world.call(ParkingTalk.order()).row().attempt().dialError())
                    .contains(DialError.PRECONDITION_FAILED);
        }
    }
}
