package dev.revox.dispatch;

import dev.revox.RevoxException;
import dev.revox.attempt.CallAttempt;
import dev.revox.dispatch.desk.DeskParts;
import dev.revox.dispatch.desk.OrderBook;
import dev.revox.dispatch.desk.Planning;
import dev.revox.dispatch.desk.Texts;
import dev.revox.event.CallEvent;
import dev.revox.lifecycle.OrderStep;
import dev.revox.order.OrderKey;
import dev.revox.order.PlacedOrder;
import dev.revox.outcome.AnalysisRequest;
import dev.revox.outcome.CallAnalysis;
import dev.revox.outcome.OutcomeAnalyzer;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredAttempt.AnalysisState;
import dev.revox.store.StoredOrder;
import dev.revox.time.Alarm;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has finished calls analysed: with a deadline each, again when that may help, and given up for good after some tries. The call
 * itself is closed long before.
 *
 * <p><b>Thread:</b> Confined to the desk; the analyzer runs on the executor.
 */
final class AnalysisDesk {
    private static final System.Logger LOG = System.getLogger("dev.revox.dispatch");

    private final DeskParts parts;
    private final OrderBook book;
    private final Planning planning;
    private final OutcomeAnalyzer analyzer;
    private final Map<String, Integer> tries = new HashMap<>();

    AnalysisDesk(DeskParts parts, OrderBook book, Planning planning) {
        this.parts = parts;
        this.book = book;
        this.planning = planning;
        this.analyzer = parts.agent().analyzer();
    }

    /** Analyses every attempt of an order that waits for it and is not being analysed. */
    void start(OrderKey key) {
        for (StoredAttempt stored : book.store().attempts(key)) {
            if (stored.analysis() == AnalysisState.PENDING
                    && tries.putIfAbsent(stored.attempt().id(), 1) == null) {
                analyse(key, stored.attempt().id());
            }
        }
    }

    private void analyse(OrderKey key, String attemptId) {
        Optional<StoredOrder> row = book.find(key);
        Optional<CallAttempt> attempt = find(key, attemptId).map(StoredAttempt::attempt);
        if (row.isEmpty() || attempt.isEmpty()) {
            tries.remove(attemptId);
            return;
        }
        AnalysisRequest request = request(row.get().order(), attempt.get());
        AtomicBoolean answered = new AtomicBoolean();
        Alarm tooLate = parts.time().schedule(parts.settings().analysisLimit(), () -> {
            if (answered.compareAndSet(false, true)) {
                parts.desk()
                        .post(
                                "analysis order=" + key.id(),
                                () -> failed(key, attemptId, new RevoxException("the analysis took too long", true)));
            }
        });
        parts.callExecutor()
                .execute(() -> ask(request).whenComplete((analysis, fault) -> {
                    if (answered.compareAndSet(false, true)) {
                        tooLate.cancel();
                        parts.desk().post("analysis order=" + key.id(), () -> {
                            if (analysis != null && fault == null) {
                                done(key, attemptId, analysis, AnalysisState.DONE);
                            } else {
                                failed(
                                        key,
                                        attemptId,
                                        fault == null ? new IllegalStateException("no analysis") : fault);
                            }
                        });
                    }
                }));
    }

    private CompletionStage<CallAnalysis> ask(AnalysisRequest request) {
        try {
            return analyzer.analyze(request);
        } catch (RuntimeException defect) {
            return CompletableFuture.failedFuture(defect);
        }
    }

    private AnalysisRequest request(PlacedOrder order, CallAttempt attempt) {
        return new AnalysisRequest(
                order.id(),
                attempt.id(),
                order.assistant(),
                Optional.of(order.model()),
                attempt.transcript().orElse(List.of()),
                Texts.variables(
                        order, planning.spokenZone(order), attempt.startedAt().orElse(book.now())));
    }

    private void failed(OrderKey key, String attemptId, Throwable fault) {
        Throwable cause = fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
        int tried = tries.getOrDefault(attemptId, 1);
        boolean again = cause instanceof RevoxException known
                && known.retryable()
                && tried < parts.settings().analysisTries();
        LOG.log(
                System.Logger.Level.WARNING,
                () -> "analysis failed on try " + tried + (again ? ", again later" : ", given up") + " order="
                        + key.id() + " attempt=" + attemptId,
                cause);
        if (!again) {
            done(key, attemptId, CallAnalysis.NONE, AnalysisState.FAILED);
            return;
        }
        tries.put(attemptId, tried + 1);
        Alarm unused = parts.desk()
                .postIn(
                        Duration.ofSeconds(1L << Math.min(tried, 6)),
                        "analysis order=" + key.id(),
                        () -> analyse(key, attemptId));
    }

    private void done(OrderKey key, String attemptId, CallAnalysis analysis, AnalysisState state) {
        Optional<StoredOrder> row = book.find(key);
        Optional<StoredAttempt> stored = find(key, attemptId);
        if (row.isEmpty() || stored.isEmpty()) {
            tries.remove(attemptId);
            return;
        }
        tries.remove(attemptId);
        if (stored.get().analysis() != AnalysisState.PENDING) {
            // Another engine was faster.
            return;
        }
        StoredAttempt attempt =
                stored.get().withAttempt(with(stored.get().attempt(), analysis)).withAnalysis(state);
        book.analysed(row.get(), new OrderStep.Analyse(attempt, analysis.outcome(), analysis.summary()));
        parts.events().publish(new CallEvent.Analysed(key, book.now(), attemptId, analysis));
        parts.reportLater(key);
    }

    private Optional<StoredAttempt> find(OrderKey key, String attemptId) {
        return book.store().attempts(key).stream()
                .filter(stored -> stored.attempt().id().equals(attemptId))
                .findFirst();
    }

    private static CallAttempt with(CallAttempt attempt, CallAnalysis analysis) {
        return new CallAttempt(
                attempt.id(),
                attempt.phoneNumber(),
                attempt.status(),
                attempt.startedAt(),
                attempt.answeredAt(),
                attempt.endedAt(),
                attempt.result(),
                attempt.dialError(),
                attempt.endedBy(),
                attempt.endReason(),
                attempt.recordingUrl(),
                attempt.transcript(),
                analysis.structuredOutput().isEmpty() ? Optional.empty() : Optional.of(analysis.structuredOutput()));
    }
}
