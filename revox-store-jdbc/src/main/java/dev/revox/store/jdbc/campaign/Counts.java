package dev.revox.store.jdbc.campaign;

import dev.revox.campaign.CampaignKey;
import dev.revox.campaign.CampaignProgress;
import dev.revox.campaign.ContactState;
import dev.revox.store.jdbc.sql.Session;
import dev.revox.store.jdbc.sql.TenantColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How many contacts of a campaign stand where, in some rows whose sums count: a single one may be negative. A transaction changes
 * one of them, as its last statement, so that transactions of one campaign rarely wait for each other, and never in a circle.
 *
 * <p><b>Thread:</b> Immutable.
 */
final class Counts {
    private static final int SHARDS = 16;

    private Counts() {}

    private static String column(ContactState state) {
        return "n_" + state.name().toLowerCase(Locale.ROOT);
    }

    static void insert(Session session, CampaignKey key) throws SQLException {
        for (int shard = 0; shard < SHARDS; shard++) {
            boolean unused = session.insertUnlessThere(
                    "INSERT INTO revox_contact_count (tenant, campaign_id, shard) VALUES (?, ?, ?)",
                    TenantColumn.of(key.tenant()),
                    key.id(),
                    shard);
        }
    }

    /**
     * Adds to the counts.
     *
     * @param contactId chooses the row
     */
    static void add(Session session, CampaignKey key, String contactId, Map<ContactState, Integer> changes)
            throws SQLException {
        // In one order always: a database prepares each text once.
        String columns = new EnumMap<>(changes)
                .entrySet().stream()
                        .map(change -> column(change.getKey()) + " = " + column(change.getKey()) + " + ("
                                + change.getValue() + ")")
                        .collect(Collectors.joining(", "));
        int unused = session.update(
                "UPDATE revox_contact_count SET " + columns + " WHERE tenant = ? AND campaign_id = ? AND shard = ?",
                TenantColumn.of(key.tenant()),
                key.id(),
                Math.floorMod(contactId.hashCode(), SHARDS));
    }

    /** One contact goes from a state to another. */
    static void move(Session session, CampaignKey key, String contactId, ContactState from, ContactState to)
            throws SQLException {
        add(session, key, contactId, new EnumMap<>(Map.of(from, -1, to, 1)));
    }

    static CampaignProgress read(Session session, CampaignKey key) throws SQLException {
        String sums = Arrays.stream(ContactState.values())
                .map(state -> "SUM(" + column(state) + ")")
                .collect(Collectors.joining(", "));
        List<CampaignProgress> found = session.query(
                "SELECT " + sums + " FROM revox_contact_count WHERE tenant = ? AND campaign_id = ?",
                Counts::read,
                TenantColumn.of(key.tenant()),
                key.id());
        return found.getFirst();
    }

    private static CampaignProgress read(ResultSet row) throws SQLException {
        Map<ContactState, Long> counts = new EnumMap<>(ContactState.class);
        int column = 1;
        for (ContactState state : ContactState.values()) {
            counts.put(state, row.getLong(column++));
        }
        return new CampaignProgress(counts);
    }
}
