package dev.revox.wire.stored;

import dev.revox.attempt.AnsweredBy;
import dev.revox.attempt.AttemptStatus;
import dev.revox.attempt.CallAttempt;
import dev.revox.attempt.DialError;
import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.conversation.TurnLatency;
import dev.revox.line.MediaReport;
import dev.revox.line.SipFailure;
import dev.revox.line.SipFailure.RetryAdvice;
import dev.revox.store.StoredAttempt;
import dev.revox.store.node.NodeId;
import dev.revox.transcript.TranscriptItem;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Attempts with anything in every field that a field can hold. */
final class RandomAttempts {
    private final RandomOrders any;
    private final Random random;

    RandomAttempts(RandomOrders any) {
        this.any = any;
        this.random = any.random;
    }

    StoredAttempt attempt() {
        return new StoredAttempt(
                new CallAttempt(
                        any.text(),
                        any.number(),
                        any.one(AttemptStatus.class),
                        any.maybe(any::instant),
                        any.maybe(any::instant),
                        any.maybe(any::instant),
                        any.maybe(() -> any.one(AnsweredBy.class)),
                        any.maybe(() -> any.one(DialError.class)),
                        any.maybe(() -> any.one(EndedBy.class)),
                        any.maybe(() -> any.one(EndReason.class)),
                        any.maybe(any::uri),
                        any.maybe(() -> any.some(this::item)),
                        any.maybe(this::values)),
                any.maybe(() -> new SipFailure(
                        number(),
                        number(),
                        any.maybe(any::text),
                        any.text(),
                        any.maybe(() -> RetryAdvice.NEVER_AND_SUPPRESS))),
                random.nextBoolean() ? MediaReport.NONE : media(),
                any.some(this::turn),
                any.one(StoredAttempt.AnalysisState.class),
                any.maybe(() -> new NodeId(any.text(), random.nextLong())),
                any.maybe(any::text),
                any.maybe(any::instant));
    }

    private OptionalInt number() {
        return random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(700));
    }

    private MediaReport media() {
        return new MediaReport(
                any.text(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                any.text(),
                random.nextBoolean() ? MediaReport.Quality.NONE : quality(),
                random.nextBoolean()
                        ? MediaReport.Echo.NONE
                        : new MediaReport.Echo(random.nextLong(), random.nextDouble(), random.nextInt()));
    }

    private MediaReport.Quality quality() {
        return new MediaReport.Quality(
                random.nextDouble(),
                random.nextDouble(),
                random.nextDouble(),
                random.nextDouble(),
                random.nextInt(),
                random.nextInt(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextDouble(),
                random.nextDouble(),
                random.nextDouble());
    }

    private TurnLatency turn() {
        Map<TurnLatency.Milestone, Long> milestones = new EnumMap<>(TurnLatency.Milestone.class);
        milestones.put(TurnLatency.Milestone.SPEECH_END, random.nextLong());
        any.some(() -> any.one(TurnLatency.Milestone.class)).forEach(each -> milestones.put(each, random.nextLong()));
        return new TurnLatency(random.nextInt(100), milestones);
    }

    private TranscriptItem item() {
        return switch (random.nextInt(3)) {
            case 0 -> new TranscriptItem.User(any.text());
            case 1 -> new TranscriptItem.Assistant(any.text(), random.nextBoolean());
            default -> new TranscriptItem.Tool(any.text(), values(), any.text(), random.nextBoolean(), any.text());
        };
    }

    @SuppressWarnings("NullAway") // JSON has null.
    private Map<String, Object> values() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        any.some(any::text).forEach(key -> map.put(key, value(0)));
        Map<String, Object> values = map;
        return values;
    }

    private @Nullable Object value(int depth) {
        return switch (random.nextInt(depth > 40 ? 7 : 10)) {
            case 0 -> null;
            case 1 -> random.nextInt();
            case 2 -> Integer.MAX_VALUE + 1L + random.nextInt(1000);
            case 3 -> BigInteger.TWO.pow(80).add(BigInteger.valueOf(random.nextInt(1000)));
            case 4 -> random.nextBoolean() ? random.nextDouble() * 1e12 : (Object) 3.0;
            case 5 -> new BigDecimal("0.10000000000000000000000000000" + random.nextInt(1, 1000));
            case 6 -> any.text();
            case 7 -> random.nextBoolean();
            case 8 -> Arrays.asList(value(depth + 1), value(depth + 1));
            default -> {
                Map<String, @Nullable Object> inner = new LinkedHashMap<>();
                inner.put(any.text(), value(depth + 1));
                yield inner;
            }
        };
    }
}
