package dev.revox.dispatch;

import dev.revox.dispatch.desk.DeskParts;
import dev.revox.dispatch.desk.OrderBook;
import dev.revox.dispatch.live.LiveCalls;
import dev.revox.event.CallEvent;
import dev.revox.lifecycle.OrderStep;
import dev.revox.order.OrderKey;
import dev.revox.order.PlacedOrder;
import dev.revox.store.OutboxEntry;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredAttempt.AnalysisState;
import dev.revox.store.StoredOrder;
import dev.revox.wire.CallReport;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * Tells the report of an order once, when nothing about it is open any more: it is settled, no attempt is live, and every
 * conversation has been analysed or given up.
 *
 * <p><b>Thread:</b> Confined to the desk.
 */
final class Reporting {
    private final OrderBook book;
    private final DeskParts parts;
    private final LiveCalls live;
    private final BiConsumer<OrderKey, CallReport> whenReported;

    Reporting(OrderBook book, DeskParts parts, LiveCalls live, BiConsumer<OrderKey, CallReport> whenReported) {
        this.book = book;
        this.parts = parts;
        this.live = live;
        this.whenReported = whenReported;
    }

    void report(OrderKey key) {
        Optional<StoredOrder> found = book.find(key);
        if (found.isEmpty() || !found.get().order().settled() || live.find(key).isPresent()) {
            return;
        }
        List<StoredAttempt> attempts = book.store().attempts(key);
        boolean open = attempts.stream()
                .anyMatch(stored -> !stored.attempt().ended() || stored.analysis() == AnalysisState.PENDING);
        if (open) {
            return;
        }
        PlacedOrder order = found.get().order();
        Optional<OutboxEntry> webhook = order.assistant()
                .notifications()
                .webhookUrl()
                .map(url -> new OutboxEntry(UUID.randomUUID().toString(), OutboxEntry.Channel.WEBHOOK, book.now()));
        if (book.report(found.get(), new OrderStep.Report(webhook))) {
            CallReport report = book.report(book.find(key).orElse(found.get()));
            parts.events().publish(new CallEvent.Reported(key, book.now(), report));
            whenReported.accept(key, report);
        }
    }
}
