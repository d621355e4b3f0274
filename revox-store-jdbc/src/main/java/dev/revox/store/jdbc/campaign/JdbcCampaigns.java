package dev.revox.store.jdbc.campaign;

import dev.revox.assistant.Assistant;
import dev.revox.campaign.Campaign;
import dev.revox.campaign.CampaignKey;
import dev.revox.campaign.CampaignProgress;
import dev.revox.campaign.CampaignStatus;
import dev.revox.campaign.CampaignStore;
import dev.revox.campaign.Contact;
import dev.revox.campaign.ContactState;
import dev.revox.resource.Page;
import dev.revox.resource.ResourceConflictException;
import dev.revox.store.jdbc.sql.Database;
import dev.revox.store.jdbc.sql.Nanos;
import dev.revox.store.jdbc.sql.Session;
import dev.revox.store.jdbc.sql.TenantColumn;
import dev.revox.store.jdbc.sql.TextColumn;
import dev.revox.wire.stored.ResourceForm;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Campaigns in a relational database. <b>Thread:</b> Thread-safe. */
public final class JdbcCampaigns implements CampaignStore {
    private static final String SELECT =
            "SELECT tenant, id, status, version, created_at, updated_at, launched_at, ended_at, snapshot, body"
                    + " FROM revox_campaign WHERE ";

    private final Database database;

    public JdbcCampaigns(Database database) {
        this.database = database;
    }

    @Override
    public void insert(Campaign campaign) {
        boolean added = database.write(session -> {
            boolean isNew = session.insertUnlessThere(
                    "INSERT INTO revox_campaign (tenant, id, status, active, spacing, free_at, version, created_at,"
                            + " updated_at, launched_at, ended_at, snapshot, body)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    TenantColumn.of(campaign.key().tenant()),
                    campaign.id(),
                    campaign.status().name(),
                    campaign.active(),
                    campaign.spec().spacing().toNanos(),
                    Long.MIN_VALUE,
                    campaign.version(),
                    Nanos.of(campaign.createdAt()),
                    Nanos.of(campaign.updatedAt()),
                    Nanos.orNull(campaign.launchedAt()),
                    Nanos.orNull(campaign.endedAt()),
                    campaign.snapshot().map(ResourceForm::assistant).orElse(null),
                    ResourceForm.campaign(campaign.spec()));
            if (isNew) {
                Counts.insert(session, campaign.key());
            }
            return isNew;
        });
        if (!added) {
            throw new ResourceConflictException("campaign " + campaign.id() + " is there already");
        }
    }

    @Override
    public Optional<Campaign> find(CampaignKey key) {
        return database.read(session -> find(session, key, ""));
    }

    private static Optional<Campaign> find(Session session, CampaignKey key, String lock) throws SQLException {
        return session.first(
                SELECT + "tenant = ? AND id = ?" + lock, JdbcCampaigns::read, TenantColumn.of(key.tenant()), key.id());
    }

    private static Campaign read(ResultSet row) throws SQLException {
        Optional<Assistant> snapshot = TextColumn.readOptional(row, 9).map(ResourceForm::assistant);
        return new Campaign(
                new CampaignKey(TenantColumn.tenant(TextColumn.read(row, 1)), TextColumn.read(row, 2)),
                ResourceForm.campaign(TextColumn.read(row, 10)),
                snapshot,
                CampaignStatus.valueOf(row.getString(3)),
                Nanos.instant(row.getLong(5)),
                Nanos.instant(row.getLong(6)),
                instant(row, 7),
                instant(row, 8),
                row.getLong(4));
    }

    private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
        long nanos = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Nanos.instant(nanos));
    }

    @Override
    public void update(Campaign changed) {
        if (!database.write(session -> update(session, changed))) {
            throw new ResourceConflictException("campaign " + changed.id() + " was changed since; read it again");
        }
    }

    private static boolean update(Session session, Campaign changed) throws SQLException {
        return session.update(
                        "UPDATE revox_campaign SET status = ?, active = ?, version = ?, updated_at = ?, launched_at = ?,"
                                + " ended_at = ?, snapshot = ? WHERE tenant = ? AND id = ? AND version = ?",
                        changed.status().name(),
                        changed.active(),
                        changed.version(),
                        Nanos.of(changed.updatedAt()),
                        Nanos.orNull(changed.launchedAt()),
                        Nanos.orNull(changed.endedAt()),
                        changed.snapshot().map(ResourceForm::assistant).orElse(null),
                        TenantColumn.of(changed.key().tenant()),
                        changed.id(),
                        changed.version() - 1)
                == 1;
    }

    @Override
    public boolean finish(CampaignKey key, Instant now) {
        return database.write(session -> {
            // Locked first: whoever adds contacts or places an order waits, and then finds the campaign ended.
            Optional<Campaign> active = find(session, key, " FOR UPDATE").filter(Campaign::active);
            if (active.isEmpty()) {
                return false;
            }
            CampaignProgress progress = Counts.read(session, key);
            return progress.pending() == 0
                    && progress.open() == 0
                    && update(session, active.get().ended(now));
        });
    }

    @Override
    public Page<Campaign> list(Optional<String> tenant, Optional<String> after, int limit) {
        return database.read(session -> Page.of(
                session.query(
                        SELECT + "tenant = ? AND id > ? ORDER BY id FETCH FIRST " + (Page.checked(limit) + 1)
                                + " ROWS ONLY",
                        JdbcCampaigns::read,
                        TenantColumn.of(tenant),
                        after.orElse("")),
                limit,
                Campaign::id));
    }

    @Override
    public List<CampaignKey> active(int most) {
        return database.read(session -> session.query(
                "SELECT tenant, id FROM revox_campaign WHERE active ORDER BY tenant, id FETCH FIRST " + most
                        + " ROWS ONLY",
                row -> new CampaignKey(TenantColumn.tenant(TextColumn.read(row, 1)), TextColumn.read(row, 2))));
    }

    @Override
    public List<Contact> add(CampaignKey key, List<Contact> contacts) {
        return database.write(session -> {
            Optional<Campaign> campaign = find(session, key, CampaignStep.keepAsItIs(session));
            if (campaign.filter(Campaign::takesContacts).isEmpty()) {
                throw new ResourceConflictException(
                        "campaign " + key.id() + " takes no more contacts: it is completed, cancelled, or not there");
            }
            List<Contact> added = new ArrayList<>();
            Map<ContactState, Integer> counts = new EnumMap<>(ContactState.class);
            for (Contact contact : contacts) {
                if (ContactRows.insert(session, key, contact)) {
                    added.add(contact);
                    counts.merge(contact.state(), 1, Integer::sum);
                }
            }
            if (!added.isEmpty()) {
                Counts.add(session, key, added.getFirst().id(), counts);
            }
            return added;
        });
    }

    @Override
    public Optional<Contact> contact(CampaignKey key, String id) {
        return database.read(session -> ContactRows.one(session, key, id));
    }

    @Override
    public Page<Contact> contacts(CampaignKey key, Optional<ContactState> state, Optional<String> after, int limit) {
        return database.read(session ->
                Page.of(ContactRows.page(session, key, state, after, Page.checked(limit) + 1), limit, Contact::id));
    }

    @Override
    public boolean reject(CampaignKey key, String contactId, String why) {
        return database.write(session -> {
            boolean pending = drop(session, key, contactId, ContactState.REJECTED, Optional.of(why));
            if (pending) {
                Counts.move(session, key, contactId, ContactState.PENDING, ContactState.REJECTED);
            }
            return pending;
        });
    }

    private static boolean drop(
            Session session, CampaignKey key, String contactId, ContactState end, Optional<String> why)
            throws SQLException {
        return session.update(
                        "UPDATE revox_contact SET state = ?, rejection = ?"
                                + " WHERE tenant = ? AND campaign_id = ? AND id = ? AND state = ?",
                        end.name(),
                        why.orElse(null),
                        TenantColumn.of(key.tenant()),
                        key.id(),
                        contactId,
                        ContactState.PENDING.name())
                == 1;
    }

    @Override
    public int cancelPending(CampaignKey key, int most) {
        return database.write(session -> {
            if (find(session, key, "")
                    .filter(campaign -> campaign.status() == CampaignStatus.CANCELLED)
                    .isEmpty()) {
                return 0;
            }
            List<Contact> pending = ContactRows.page(
                    session, key, Optional.of(ContactState.PENDING), Optional.empty(), Math.min(most, Page.LARGEST));
            int dropped = 0;
            for (Contact contact : pending) {
                dropped += drop(session, key, contact.id(), ContactState.CANCELLED, Optional.empty()) ? 1 : 0;
            }
            if (dropped > 0) {
                Map<ContactState, Integer> counts =
                        new EnumMap<>(Map.of(ContactState.PENDING, -dropped, ContactState.CANCELLED, dropped));
                Counts.add(session, key, pending.getFirst().id(), counts);
            }
            return dropped;
        });
    }

    @Override
    public CampaignProgress progress(CampaignKey key) {
        return database.read(session -> Counts.read(session, key));
    }
}
