package dev.revox.store.memory;

import dev.revox.store.HistoryEntry;
import dev.revox.store.OutboxEntry;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An order with all that belongs to it. <b>Thread:</b> guarded by the tables' lock. */
final class MemoryRow {
    StoredOrder order;
    long fence;
    final Map<String, StoredAttempt> attempts = new LinkedHashMap<>(4);
    final List<HistoryEntry> history = new ArrayList<>(4);
    final List<OutboxEntry> outbox = new ArrayList<>(0);

    MemoryRow(StoredOrder order) {
        this.order = order;
    }
}
