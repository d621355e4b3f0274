package dev.revox.store.memory.campaign;

import dev.revox.campaign.Campaign;
import dev.revox.campaign.CampaignProgress;
import dev.revox.campaign.Contact;
import dev.revox.campaign.ContactState;
import dev.revox.resource.Page;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One campaign and its contacts. <b>Thread:</b> guarded by the store's lock. */
final class CampaignTable {
    Campaign campaign;
    Instant freeAt = Instant.MIN;
    private final NavigableMap<String, Contact> contacts = new TreeMap<>();
    private final Map<ContactState, NavigableSet<String>> byState = new EnumMap<>(ContactState.class);
    private final Set<String> references = new HashSet<>();

    CampaignTable(Campaign campaign) {
        this.campaign = campaign;
        for (ContactState state : ContactState.values()) {
            byState.put(state, new TreeSet<>());
        }
    }

    private NavigableSet<String> of(ContactState state) {
        return byState.getOrDefault(state, new TreeSet<>());
    }

    boolean add(Contact contact) {
        boolean known = contacts.containsKey(contact.id())
                || contact.reference().filter(references::contains).isPresent();
        if (!known) {
            contact.reference().ifPresent(references::add);
            contacts.put(contact.id(), contact);
            of(contact.state()).add(contact.id());
        }
        return !known;
    }

    Optional<Contact> contact(String id) {
        return Optional.ofNullable(contacts.get(id));
    }

    void replace(Contact changed) {
        contact(changed.id()).ifPresent(before -> of(before.state()).remove(changed.id()));
        contacts.put(changed.id(), changed);
        of(changed.state()).add(changed.id());
    }

    Page<Contact> page(Optional<ContactState> state, Optional<String> after, int limit) {
        NavigableSet<String> all = state.map(this::of).orElseGet(contacts::navigableKeySet);
        return Page.of(
                after.map(id -> all.tailSet(id, false)).orElse(all).stream()
                        .limit(Page.checked(limit) + 1L)
                        .flatMap(id -> contact(id).stream())
                        .toList(),
                limit,
                Contact::id);
    }

    CampaignProgress progress() {
        Map<ContactState, Long> counts = new EnumMap<>(ContactState.class);
        byState.forEach((state, ids) -> counts.put(state, (long) ids.size()));
        return new CampaignProgress(counts);
    }
}
