package dev.revox.campaign.feed;

import dev.revox.campaign.CampaignKey;
import dev.revox.campaign.CampaignStore;
import dev.revox.campaign.Contact;
import dev.revox.campaign.ContactData;
import dev.revox.campaign.ContactState;
import dev.revox.order.TimeOrderedIds;
import dev.revox.phone.InvalidPhoneNumberException;
import dev.revox.phone.PhoneNumbers;
import dev.revox.resource.Page;
import dev.revox.time.TimeSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Takes contacts in, a batch at a time: never more than one batch of them is held here.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class ContactIntake {
    private final CampaignStore store;
    private final TimeSource time;
    private final TimeOrderedIds ids;

    ContactIntake(CampaignStore store, TimeSource time, TimeOrderedIds ids) {
        this.store = store;
        this.time = time;
        this.ids = ids;
    }

    AddedContacts add(CampaignKey key, Iterator<ContactData> contacts) {
        AddedContacts sum = AddedContacts.NONE;
        List<Contact> batch = new ArrayList<>();
        while (contacts.hasNext()) {
            batch.add(contact(contacts.next()));
            if (batch.size() == Page.LARGEST) {
                sum = sum.plus(store(key, batch));
                batch.clear();
            }
        }
        return batch.isEmpty() ? sum : sum.plus(store(key, batch));
    }

    private Contact contact(ContactData data) {
        String id = ids.next(time.instant());
        try {
            return Contact.pending(id, PhoneNumbers.parse(data.number()).e164(), data);
        } catch (InvalidPhoneNumberException unreadable) {
            return Contact.rejected(id, data, "phone_number " + unreadable.getMessage());
        }
    }

    private AddedContacts store(CampaignKey key, List<Contact> batch) {
        List<Contact> added = store.add(key, batch);
        long rejected = added.stream()
                .filter(contact -> contact.state() == ContactState.REJECTED)
                .count();
        return new AddedContacts(added.size() - rejected, rejected, batch.size() - added.size());
    }
}
