package dev.revox.store.jdbc.campaign;

import dev.revox.campaign.CampaignKey;
import dev.revox.campaign.Contact;
import dev.revox.campaign.ContactData;
import dev.revox.campaign.ContactState;
import dev.revox.store.jdbc.sql.Session;
import dev.revox.store.jdbc.sql.TenantColumn;
import dev.revox.store.jdbc.sql.TextColumn;
import dev.revox.wire.stored.ResourceForm;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Rows of {@code revox_contact}. <b>Thread:</b> Immutable. */
final class ContactRows {
    private static final String SELECT =
            "SELECT id, number, reference, state, placed, attempted, rejection, body FROM revox_contact"
                    + " WHERE tenant = ? AND campaign_id = ? AND ";

    private ContactRows() {}

    static boolean insert(Session session, CampaignKey key, Contact contact) throws SQLException {
        return session.insertUnlessThere(
                "INSERT INTO revox_contact (tenant, campaign_id, id, number, reference, state, placed, attempted,"
                        + " rejection, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                TenantColumn.of(key.tenant()),
                key.id(),
                contact.id(),
                contact.number(),
                contact.reference().orElse(null),
                contact.state().name(),
                contact.placed(),
                contact.attempted(),
                contact.rejection().orElse(null),
                ResourceForm.contact(contact));
    }

    static Optional<Contact> one(Session session, CampaignKey key, String id) throws SQLException {
        return session.first(SELECT + "id = ?", ContactRows::read, TenantColumn.of(key.tenant()), key.id(), id);
    }

    static List<Contact> page(
            Session session, CampaignKey key, Optional<ContactState> state, Optional<String> after, int most)
            throws SQLException {
        String end = " ORDER BY id FETCH FIRST " + most + " ROWS ONLY";
        String tenant = TenantColumn.of(key.tenant());
        String place = after.orElse("");
        return state.isPresent()
                ? session.query(
                        SELECT + "state = ? AND id > ?" + end,
                        ContactRows::read,
                        tenant,
                        key.id(),
                        state.get().name(),
                        place)
                : session.query(SELECT + "id > ?" + end, ContactRows::read, tenant, key.id(), place);
    }

    private static Contact read(ResultSet row) throws SQLException {
        String number = TextColumn.read(row, 2);
        ContactData data = ResourceForm.contact(number, TextColumn.read(row, 8));
        return new Contact(
                TextColumn.read(row, 1),
                number,
                data.variables(),
                data.metadata(),
                TextColumn.readOptional(row, 3),
                ContactState.valueOf(row.getString(4)),
                row.getBoolean(5),
                row.getBoolean(6),
                TextColumn.readOptional(row, 7));
    }
}
