package dev.revox.campaign.feed;

import dev.revox.campaign.Campaign;
import dev.revox.campaign.CampaignKey;
import dev.revox.campaign.CampaignProgress;
import dev.revox.campaign.Contact;
import dev.revox.campaign.ContactState;
import dev.revox.lifecycle.Change;
import dev.revox.lifecycle.OrderLife;
import dev.revox.lifecycle.OrderStep;
import dev.revox.order.CallOrder;
import dev.revox.order.CallOrderBuilder;
import dev.revox.order.InvalidOrderException;
import dev.revox.order.OrderKey;
import dev.revox.order.PlacedOrder;
import dev.revox.order.Violation;
import dev.revox.store.EngineStore;
import dev.revox.store.StoreConflictException;
import dev.revox.store.StoredOrder;
import dev.revox.time.TimeSource;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One look at a campaign: what of it can be done now, up to a batch.
 *
 * <p>Every step is decided by the store in one transaction, so several engines may look at one campaign at once: at worst they
 * find each other's work done.
 *
 * <p><b>Thread:</b> Thread-safe; blocks on the store.
 */
final class Feeding {
    private static final int BATCH = 200;

    /** Orders that wait for their first attempt or are in a call: enough that no line idles between two looks. */
    private static final int LEAST_OPEN = 50;

    private static final int OPEN_PER_CALL = 4;
    private static final int MOST_OPEN = 2000;
    private static final int OPEN_WITHOUT_LIMIT = 400;

    private static final Set<ContactState> OPEN =
            EnumSet.of(ContactState.PLACED, ContactState.IN_CALL, ContactState.RETRYING, ContactState.HELD);

    private final EngineStore store;
    private final TimeSource time;
    private final OrderMaker maker;
    private final Consumer<OrderKey> whenDue;
    private final Consumer<OrderKey> cancelOrder;

    Feeding(
            EngineStore store,
            TimeSource time,
            OrderMaker maker,
            Consumer<OrderKey> whenDue,
            Consumer<OrderKey> cancelOrder) {
        this.store = store;
        this.time = time;
        this.maker = maker;
        this.whenDue = whenDue;
        this.cancelOrder = cancelOrder;
    }

    /** What a look has come to. */
    enum Came {
        /** There may be more to do at once. */
        MORE,
        /** Something may be to do later. */
        LATER,
        /** The campaign needs nobody now. */
        NOTHING
    }

    Came look(CampaignKey key) {
        Optional<Campaign> campaign = store.campaigns().find(key).filter(Campaign::active);
        if (campaign.isEmpty()) {
            return Came.NOTHING;
        }
        CampaignProgress progress = store.campaigns().progress(key);
        if (progress.pending() == 0 && progress.open() == 0) {
            boolean unused = store.campaigns().finish(key, time.instant());
            return Came.MORE;
        }
        return switch (campaign.get().status()) {
            case RUNNING -> run(campaign.get(), progress) ? Came.MORE : Came.LATER;
            case CANCELLED -> windUp(key, progress) ? Came.MORE : Came.LATER;
            case DRAFT, PAUSED, COMPLETED -> Came.NOTHING;
        };
    }

    private boolean run(Campaign campaign, CampaignProgress progress) {
        boolean more = progress.held() > BATCH;
        if (progress.held() > 0) {
            for (Contact contact : page(campaign.key(), ContactState.HELD, BATCH)) {
                release(campaign.key().order(contact.id()));
            }
        }
        long room = Math.min(progress.pending(), mostOpen(campaign) - progress.placed() - progress.inCall());
        if (room > 0) {
            int size = (int) Math.min(room, BATCH);
            for (Contact contact : page(campaign.key(), ContactState.PENDING, size)) {
                place(campaign, contact);
            }
        }
        return more || room > BATCH;
    }

    private static long mostOpen(Campaign campaign) {
        int max = campaign.spec().maxConcurrentCalls();
        return max == 0 ? OPEN_WITHOUT_LIMIT : Math.min(MOST_OPEN, Math.max(LEAST_OPEN, (long) OPEN_PER_CALL * max));
    }

    private Iterable<Contact> page(CampaignKey key, ContactState state, int most) {
        return store.campaigns()
                .contacts(key, Optional.of(state), Optional.empty(), most)
                .items();
    }

    private void place(Campaign campaign, Contact contact) {
        Instant now = time.instant();
        PlacedOrder order;
        try {
            order = maker.accepted(order(campaign, contact), contact.id(), now).withCampaign(campaign.ref());
        } catch (InvalidOrderException invalid) {
            String why = invalid.violations().stream().map(Violation::toString).collect(Collectors.joining("; "));
            boolean unused = store.campaigns().reject(campaign.key(), contact.id(), why);
            return;
        }
        try {
            store.commit(OrderLife.placed(order, now));
            whenDue.accept(OrderKey.of(order));
        } catch (StoreConflictException settled) {
            // Another engine has placed it, or the campaign was paused or cancelled in between: the store has decided.
        }
    }

    private static CallOrder order(Campaign campaign, Contact contact) {
        CallOrderBuilder order =
                CallOrder.to(contact.number()).variables(contact.variables()).metadata(contact.metadata());
        campaign.key().tenant().ifPresent(order::organization);
        campaign.snapshot().ifPresent(order::assistant);
        campaign.spec().retryPolicy().ifPresent(order::retryPolicy);
        campaign.spec().from().ifPresent(number -> order.from(number.e164()));
        campaign.concurrency().ifPresent(limit -> order.concurrency(limit.key(), limit.max()));
        return order.build();
    }

    private void release(OrderKey key) {
        Optional<StoredOrder> row = store.order(key);
        if (row.isPresent()
                && OrderLife.after(row.get(), new OrderStep.Release(), time.instant()) instanceof Change.To to) {
            try {
                store.commit(to.transition());
                whenDue.accept(key);
            } catch (StoreConflictException moved) {
                // It is still held when the next look comes, or somebody else has seen to it.
            }
        }
    }

    /** Cancels what is left of a cancelled campaign. */
    private boolean windUp(CampaignKey key, CampaignProgress progress) {
        boolean more = progress.open() > 0;
        if (progress.pending() > 0) {
            more |= store.campaigns().cancelPending(key, BATCH) > 0;
        }
        for (ContactState state : OPEN) {
            if (progress.count(state) > 0) {
                page(key, state, BATCH).forEach(contact -> cancelOrder.accept(key.order(contact.id())));
            }
        }
        return more;
    }
}
