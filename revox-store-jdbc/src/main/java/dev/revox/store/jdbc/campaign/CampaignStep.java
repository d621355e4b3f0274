package dev.revox.store.jdbc.campaign;

import dev.revox.campaign.CampaignKey;
import dev.revox.campaign.CampaignStatus;
import dev.revox.campaign.Contact;
import dev.revox.campaign.ContactMove;
import dev.revox.campaign.ContactState;
import dev.revox.order.PlacedOrder;
import dev.revox.store.StoreConflictException;
import dev.revox.store.StoreConflictException.Reason;
import dev.revox.store.Transition;
import dev.revox.store.jdbc.sql.Dialect;
import dev.revox.store.jdbc.sql.Nanos;
import dev.revox.store.jdbc.sql.Session;
import dev.revox.store.jdbc.sql.TenantColumn;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * What an order's transaction does to its campaign. Its locks come in this order, behind the order's own row: the campaign, the
 * slot and the line, the contact, the counts.
 *
 * <p>The campaign's row is only kept as it is: transactions of one campaign do not wait for each other, and a change of its status
 * waits for those under way. Only a campaign with a pace has it changed by each beginning, which go one by one there anyway.
 *
 * <p><b>Thread:</b> Immutable.
 */
public final class CampaignStep {
    private CampaignStep() {}

    /**
     * Judges whether the campaign allows a transition; to be called before the conditions of its beginning are judged.
     *
     * @throws StoreConflictException when it does not
     */
    public static void check(Session session, Transition transition) throws SQLException {
        PlacedOrder order = transition.order().order();
        boolean isNew = transition.expectedVersion() == Transition.NEW_ORDER;
        if (order.campaign().isEmpty() || (!isNew && transition.beginning().isEmpty())) {
            return;
        }
        CampaignKey key =
                new CampaignKey(order.organizationId(), order.campaign().get().id());
        if (isNew && contact(session, key, order.id()).isPresent() && !runs(session, key)) {
            throw notPending(order.id());
        }
        if (transition.beginning().isPresent()) {
            begin(session, key, transition.beginning().get().now());
        }
    }

    private static StoreConflictException notPending(String contactId) {
        return new StoreConflictException(
                Reason.CONTACT, "contact " + contactId + " is not pending, or its campaign is not running");
    }

    private static void begin(Session session, CampaignKey key, Instant now) throws SQLException {
        Optional<Long> spacing = session.first(
                "SELECT spacing FROM revox_campaign WHERE tenant = ? AND id = ?",
                row -> row.getLong(1),
                TenantColumn.of(key.tenant()),
                key.id());
        if (spacing.isEmpty()) {
            return;
        }
        if (spacing.get() > 0) {
            keepPace(session, key, now, spacing.get());
        } else if (!runs(session, key)) {
            throw notRunning(key);
        }
    }

    private static void keepPace(Session session, CampaignKey key, Instant now, long spacing) throws SQLException {
        boolean free = session.update(
                        "UPDATE revox_campaign SET free_at = ? WHERE tenant = ? AND id = ? AND status = ? AND free_at <= ?",
                        Nanos.of(now) + spacing,
                        TenantColumn.of(key.tenant()),
                        key.id(),
                        CampaignStatus.RUNNING.name(),
                        Nanos.of(now))
                == 1;
        if (free) {
            return;
        }
        if (!runs(session, key)) {
            throw notRunning(key);
        }
        long freeAt = session.number(
                "SELECT free_at FROM revox_campaign WHERE tenant = ? AND id = ?",
                TenantColumn.of(key.tenant()),
                key.id());
        throw StoreConflictException.paced(key.id(), Nanos.instant(freeAt));
    }

    private static StoreConflictException notRunning(CampaignKey key) {
        return new StoreConflictException(Reason.CAMPAIGN, "campaign " + key.id() + " is not running");
    }

    /** True when the campaign runs; then it does until the transaction's end. */
    private static boolean runs(Session session, CampaignKey key) throws SQLException {
        return session.exists(
                "SELECT 1 FROM revox_campaign WHERE tenant = ? AND id = ? AND status = ?" + keepAsItIs(session),
                TenantColumn.of(key.tenant()),
                key.id(),
                CampaignStatus.RUNNING.name());
    }

    /** Ends a SELECT whose row must not change before the transaction's end. */
    static String keepAsItIs(Session session) {
        return session.dialect() == Dialect.POSTGRESQL ? " FOR SHARE" : " FOR UPDATE";
    }

    /**
     * Moves the transition's contact along; to be called last.
     *
     * @throws StoreConflictException when a new order's contact is not pending
     */
    public static void apply(Session session, Transition transition) throws SQLException {
        Optional<ContactMove> move = transition.contactMove();
        if (move.isEmpty()) {
            return;
        }
        CampaignKey key = move.get().campaign();
        String id = move.get().contactId();
        Optional<Contact> before = contact(session, key, id);
        if (before.isEmpty()) {
            return;
        }
        boolean isNew = transition.expectedVersion() == Transition.NEW_ORDER;
        Contact after = before.get().moved(move.get().to());
        if (isNew && !place(session, key, id)) {
            throw notPending(id);
        }
        if (!isNew && !after.equals(before.get())) {
            int unused = session.update(
                    "UPDATE revox_contact SET state = ?, attempted = ? WHERE tenant = ? AND campaign_id = ? AND id = ?",
                    after.state().name(),
                    after.attempted(),
                    TenantColumn.of(key.tenant()),
                    key.id(),
                    id);
        }
        if (after.state() != before.get().state()) {
            Counts.move(session, key, id, before.get().state(), after.state());
        }
    }

    private static boolean place(Session session, CampaignKey key, String id) throws SQLException {
        return session.update(
                        "UPDATE revox_contact SET state = ?, placed = TRUE"
                                + " WHERE tenant = ? AND campaign_id = ? AND id = ? AND state = ?",
                        ContactState.PLACED.name(),
                        TenantColumn.of(key.tenant()),
                        key.id(),
                        id,
                        ContactState.PENDING.name())
                == 1;
    }

    private static Optional<Contact> contact(Session session, CampaignKey key, String id) throws SQLException {
        return ContactRows.one(session, key, id);
    }
}
