package dev.revox.resource.access;

import dev.revox.assistant.Assistant;
import dev.revox.assistant.FaqItem;
import dev.revox.order.TimeOrderedIds;
import dev.revox.order.Violation;
import dev.revox.order.rules.OrderRules;
import dev.revox.resource.AssistantStore;
import dev.revox.resource.InvalidResourceException;
import dev.revox.resource.Page;
import dev.revox.resource.ResourceConflictException;
import dev.revox.resource.StoredAssistant;
import dev.revox.time.TimeSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A tenant's stored assistants. Orders name one by its id, and keep it as it was when they were placed: a change or a deletion
 * here is for later orders. Names are for people and need not differ.
 *
 * <p>Every method blocks on the store.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class Assistants {
    private final AssistantStore store;
    private final OrderRules rules;
    private final TimeSource time;
    private final TimeOrderedIds ids;
    private final Optional<String> tenant;
    private final Runnable whenChanged;

    Assistants(
            AssistantStore store,
            OrderRules rules,
            TimeSource time,
            TimeOrderedIds ids,
            Optional<String> tenant,
            Runnable whenChanged) {
        this.store = store;
        this.rules = rules;
        this.time = time;
        this.ids = ids;
        this.tenant = tenant;
        this.whenChanged = whenChanged;
    }

    /**
     * Stores a new assistant; an id, instants and a tenant that it has already are replaced.
     *
     * @throws InvalidResourceException with everything that is wrong with it
     */
    public StoredAssistant create(Assistant assistant) {
        Instant now = time.instant();
        StoredAssistant stored = new StoredAssistant(owned(assistant, ids.next(now), now, now), 0);
        store.insert(stored);
        whenChanged.run();
        return stored;
    }

    public Optional<StoredAssistant> get(String id) {
        return store.find(tenant, id);
    }

    /**
     * Replaces an assistant whole: its FAQ items replace all that it had.
     *
     * @param known the assistant as it was read
     * @throws ResourceConflictException when it was changed or deleted since
     * @throws InvalidResourceException with everything that is wrong with the new one
     */
    public StoredAssistant update(StoredAssistant known, Assistant changed) {
        Assistant next = owned(changed, known.id(), known.assistant().createdAt(), time.instant());
        StoredAssistant stored = new StoredAssistant(next, known.version() + 1);
        store.update(stored);
        whenChanged.run();
        return stored;
    }

    /**
     * Stores a copy under another name.
     *
     * @throws InvalidResourceException when there is none of this id
     */
    public StoredAssistant clone(String id, String name) {
        Assistant original = get(id).map(StoredAssistant::assistant)
                .orElseThrow(() -> InvalidResourceException.of("id", "names no stored assistant"));
        // The copy's questions are its own.
        List<FaqItem> questions = original.faqItems().stream()
                .map(item -> new FaqItem(
                        item.question(), item.answer(), Optional.empty(), item.needsHumanAnswer(), item.source()))
                .toList();
        return create(original.toBuilder().name(name).faqItems(questions).build());
    }

    /** False when there is none of this id. Calls to numbers that it answered are refused from here on. */
    public boolean delete(String id) {
        boolean was = store.delete(tenant, id);
        whenChanged.run();
        return was;
    }

    /**
     * A page of all assistants, oldest first.
     *
     * @param after the {@code next} of the page before
     * @param limit 1..{@value Page#LARGEST}
     */
    public Page<StoredAssistant> list(Optional<String> after, int limit) {
        return store.list(tenant, after, Page.checked(limit));
    }

    private Assistant owned(Assistant assistant, String id, Instant created, Instant updated) {
        var builder = assistant.toBuilder()
                .identity(id, created, updated)
                .faqItems(assistant.faqItems().stream().map(Assistants::named).toList());
        Assistant owned = builder.tenant(tenant).build();
        List<Violation> violations = rules.review(owned);
        if (!violations.isEmpty()) {
            throw new InvalidResourceException(violations);
        }
        return owned;
    }

    private static FaqItem named(FaqItem item) {
        return item.id().isPresent()
                ? item
                : new FaqItem(
                        item.question(),
                        item.answer(),
                        Optional.of(UUID.randomUUID().toString()),
                        item.needsHumanAnswer(),
                        item.source());
    }
}
