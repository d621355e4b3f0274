package dev.revox.bench.kill;

import dev.revox.attempt.AnsweredBy;
import dev.revox.attempt.CallAttempt;
import dev.revox.attempt.EndReason;
import dev.revox.lifecycle.Settlement;
import dev.revox.order.OrderKey;
import dev.revox.order.OrderStatus;
import dev.revox.order.PlacedOrder;
import dev.revox.store.EngineStore;
import dev.revox.store.OrderPage;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredOrder;
import dev.revox.store.search.OrderCursor;
import dev.revox.store.search.OrderQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares the ledger with the rows that are left.
 *
 * <p><b>Lost</b> is an order that was accepted and is not there, is not settled and reported, or was settled in doubt of a call that
 * another attempt was to follow; and an INVITE without an attempt's row. <b>Duplicate</b> is a second INVITE of one attempt, an INVITE
 * while an earlier call of the same order may still be up, one after somebody was reached, one beyond the most attempts, and a second
 * order of one idempotency key.
 *
 * <p><b>Thread:</b> Confined to one thread.
 */
final class Verdict {
    private final Ledger ledger;
    private final boolean toTheEnd;
    private final Map<String, StoredOrder> orders = new HashMap<>();
    private final Map<String, List<StoredAttempt>> attempts = new HashMap<>();
    private final List<String> lost = new ArrayList<>();
    private final List<String> duplicates = new ArrayList<>();

    private Verdict(Ledger ledger, boolean toTheEnd) {
        this.ledger = ledger;
        this.toTheEnd = toTheEnd;
    }

    /** @param toTheEnd whether orders may no longer wait for the horizon of a call in doubt */
    static Verdict of(Ledger ledger, EngineStore store, boolean toTheEnd) {
        Verdict verdict = new Verdict(ledger, toTheEnd);
        verdict.read(store);
        verdict.judgePromises();
        verdict.judgeInvites();
        verdict.orders.values().forEach(verdict::judgeAttempts);
        return verdict;
    }

    List<String> lost() {
        return lost;
    }

    List<String> duplicates() {
        return duplicates;
    }

    int orders() {
        return orders.size();
    }

    /** Attempts whose engine was killed before it could tell their end. */
    long inDoubt() {
        return attempts.values().stream()
                .flatMap(List::stream)
                .filter(each -> inDoubt(each.attempt()))
                .count();
    }

    /** Attempts that had their row, and were killed before the INVITE. */
    long neverInvited() {
        Set<String> invited =
                ledger.invites().stream().map(Ledger.Invite::attempt).collect(Collectors.toSet());
        return attempts.values().stream()
                .flatMap(List::stream)
                .filter(each -> !invited.contains(each.attempt().id()))
                .count();
    }

    private static boolean inDoubt(CallAttempt attempt) {
        return attempt.endReason().equals(Optional.of(EndReason.ENGINE_LOST));
    }

    private void read(EngineStore store) {
        Optional<OrderCursor> next = Optional.empty();
        do {
            OrderQuery.Builder query = OrderQuery.of(Optional.empty()).limit(OrderQuery.LARGEST_PAGE);
            next.ifPresent(query::after);
            OrderPage page = store.search(query.build());
            page.orders().forEach(row -> orders.put(row.order().id(), row));
            List<OrderKey> keys = page.orders().stream().map(StoredOrder::key).toList();
            store.attempts(keys).forEach((key, rows) -> attempts.put(key.id(), rows.reversed()));
            next = page.next();
        } while (next.isPresent());
    }

    private List<StoredAttempt> oldestFirst(String order) {
        return attempts.getOrDefault(order, List.of());
    }

    private void judgePromises() {
        ledger.accepted().forEach((number, ids) -> {
            if (KilledEngine.hasKey(number) && ids.size() > 1) {
                duplicates.add("key-" + number + " became the orders " + ids);
            }
            ids.stream().filter(id -> !orders.containsKey(id)).forEach(id -> lost.add("order " + id + " is not there"));
        });
        orders.values().stream()
                .filter(row -> (!row.order().settled() || !row.reported()) && !waitsInDoubt(row))
                .forEach(row -> lost.add(
                        "order " + row.order().id() + " is left " + row.order().status()));
    }

    private boolean waitsInDoubt(StoredOrder row) {
        List<StoredAttempt> all = oldestFirst(row.order().id());
        return !toTheEnd
                && row.order().status() == OrderStatus.SCHEDULED
                && !all.isEmpty()
                && inDoubt(all.getLast().attempt())
                && row.dueAt()
                        .equals(Optional.of(horizon(row.order(), all.getLast().attempt())));
    }

    private void judgeInvites() {
        Set<String> seen = new HashSet<>();
        Map<String, List<Ledger.Invite>> byOrder = new HashMap<>();
        for (Ledger.Invite invite : ledger.invites()) {
            if (!seen.add(invite.attempt())) {
                duplicates.add("attempt " + invite.attempt() + " was dialled twice");
            }
            if (oldestFirst(invite.order()).stream()
                    .noneMatch(row -> row.attempt().id().equals(invite.attempt()))) {
                lost.add("attempt " + invite.attempt() + " was dialled without a row");
            }
            byOrder.computeIfAbsent(invite.order(), unused -> new ArrayList<>()).add(invite);
        }
        Map<String, Long> over = ledger.overAtMs();
        byOrder.forEach((order, invites) -> {
            invites.sort(Comparator.comparingLong(Ledger.Invite::atMs));
            for (int i = 1; i < invites.size(); i++) {
                judge(invites.get(i), invites.subList(0, i), over);
            }
        });
    }

    /** Every call before this one must be known as over, or be over for certain. */
    private void judge(Ledger.Invite invite, List<Ledger.Invite> before, Map<String, Long> overAtMs) {
        for (Ledger.Invite earlier : before) {
            long over = Math.min(
                    overAtMs.getOrDefault(earlier.attempt(), Long.MAX_VALUE),
                    horizon(earlier).toEpochMilli());
            if (invite.atMs() < over) {
                duplicates.add("attempt " + invite.attempt() + " was dialled while " + earlier.attempt()
                        + " of the same order could still be up");
            }
        }
    }

    private Instant horizon(Ledger.Invite invite) {
        Optional<StoredOrder> row = Optional.ofNullable(orders.get(invite.order()));
        return row.flatMap(order -> oldestFirst(invite.order()).stream()
                        .map(StoredAttempt::attempt)
                        .filter(attempt -> attempt.id().equals(invite.attempt()))
                        .map(attempt -> horizon(order.order(), attempt))
                        .findFirst())
                .orElse(Instant.ofEpochMilli(Long.MAX_VALUE));
    }

    private static Instant horizon(PlacedOrder order, CallAttempt attempt) {
        return Settlement.certainlyOver(
                order, attempt, KilledEngine.RING_TIMEOUT, attempt.startedAt().orElseThrow());
    }

    private void judgeAttempts(StoredOrder row) {
        List<CallAttempt> all = oldestFirst(row.order().id()).stream()
                .map(StoredAttempt::attempt)
                .toList();
        if (all.size() > KilledEngine.MOST_ATTEMPTS) {
            duplicates.add("order " + row.order().id() + " had " + all.size() + " attempts");
        }
        boolean reached = !all.isEmpty() && all.getLast().reachedSomebody();
        if (row.order().settled() && !reached && all.size() < KilledEngine.MOST_ATTEMPTS) {
            lost.add("order " + row.order().id() + " was given up after " + all.size() + " attempts");
        }
        for (int i = 1; i < all.size(); i++) {
            CallAttempt before = all.get(i - 1);
            Instant began = all.get(i).startedAt().orElseThrow();
            if (before.result().equals(Optional.of(AnsweredBy.HUMAN))) {
                duplicates.add("order " + row.order().id() + " was called again after somebody was reached");
            }
            if (inDoubt(before) && began.isBefore(horizon(row.order(), before))) {
                duplicates.add("attempt " + all.get(i).id() + " began before the horizon of " + before.id());
            }
        }
    }
}
