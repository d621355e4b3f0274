package dev.revox.dispatch.live;

import dev.revox.attempt.EndReason;
import dev.revox.attempt.EndedBy;
import dev.revox.call.AttemptResult;
import dev.revox.call.SessionObserver;
import dev.revox.conversation.ConversationNotice;
import dev.revox.dispatch.desk.Desk;
import dev.revox.dispatch.desk.OrderBook;
import dev.revox.event.CallEvent;
import dev.revox.event.EventStream;
import dev.revox.order.OrderKey;
import dev.revox.store.StoreConflictException;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredOrder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The attempts that this engine holds, kept in step with their rows.
 *
 * <p><b>Thread:</b> Confined to the desk, but for {@link #size} and the observers, which post to the desk.
 */
public final class LiveCalls {
    private final OrderBook book;
    private final Desk desk;
    private final EventStream events;
    private final Consumer<LiveCall> whenOver;
    private final Map<OrderKey, LiveCall> live = new LinkedHashMap<>();
    private final AtomicInteger size = new AtomicInteger();

    public LiveCalls(OrderBook book, Desk desk, EventStream events, Consumer<LiveCall> whenOver) {
        this.book = book;
        this.desk = desk;
        this.events = events;
        this.whenOver = whenOver;
    }

    /** Calls held, as far as other threads can know. */
    public int size() {
        return size.get();
    }

    public Optional<LiveCall> find(OrderKey key) {
        return Optional.ofNullable(live.get(key));
    }

    public List<LiveCall> all() {
        return List.copyOf(live.values());
    }

    public void add(LiveCall call) {
        live.put(call.order(), call);
        size.set(live.size());
    }

    private void remove(LiveCall call) {
        live.remove(call.order());
        size.set(live.size());
        whenOver.accept(call);
    }

    /** Follows the session of an attempt. */
    public SessionObserver observer(OrderKey key, String attemptId) {
        return new SessionObserver() {
            @Override
            public void ringing() {
                step(() -> changed(key, attemptId, LiveCall::ringing));
                step(() -> events.publish(new CallEvent.Ringing(key, book.now(), attemptId)));
            }

            @Override
            public void earlyMedia() {
                step(() -> events.publish(new CallEvent.EarlyMedia(key, book.now(), attemptId)));
            }

            @Override
            public void answered(Instant at, String codec) {
                step(() -> changed(key, attemptId, call -> call.answered(at)));
                step(() -> events.publish(new CallEvent.Answered(key, at, attemptId, codec)));
            }

            @Override
            public void told(ConversationNotice notice) {
                step(() -> events.publish(new CallEvent.InConversation(key, book.now(), attemptId, notice)));
            }

            @Override
            public void ended(AttemptResult result) {
                step(() -> over(key, attemptId, result));
            }

            private void step(Runnable step) {
                desk.post("attempt=" + attemptId + " order=" + key.id(), step);
            }
        };
    }

    private Optional<LiveCall> find(OrderKey key, String attemptId) {
        return find(key).filter(call -> call.attemptId().equals(attemptId));
    }

    private void changed(OrderKey key, String attemptId, Function<LiveCall, StoredAttempt> change) {
        Optional<LiveCall> found = find(key, attemptId);
        if (found.isEmpty()) {
            return;
        }
        LiveCall call = found.get();
        StoredAttempt attempt = change.apply(call);
        Optional<StoredOrder> row = book.find(key);
        if (row.isPresent()) {
            fenced(call, () -> book.progress(row.get(), attempt, call.token()));
        }
    }

    private void over(OrderKey key, String attemptId, AttemptResult result) {
        Optional<LiveCall> found = find(key, attemptId);
        if (found.isEmpty()) {
            return;
        }
        LiveCall call = found.get();
        Optional<StoredOrder> row = book.find(key);
        if (row.isPresent()) {
            StoredAttempt ended = call.ended(result);
            fenced(call, () -> book.end(row.get(), ended, result.unusable(), call.token()));
        }
        remove(call);
    }

    /** An engine that has lost its claim must not go on talking. */
    private static void fenced(LiveCall call, Runnable commit) {
        try {
            commit.run();
        } catch (StoreConflictException conflict) {
            if (conflict.reason() == StoreConflictException.Reason.VERSION) {
                throw conflict;
            }
            call.session().stop(EndedBy.SYSTEM, EndReason.ENGINE_LOST);
        }
    }
}
