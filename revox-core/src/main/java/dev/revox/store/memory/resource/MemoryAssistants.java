package dev.revox.store.memory.resource;

import dev.revox.resource.AssistantStore;
import dev.revox.resource.Page;
import dev.revox.resource.ResourceConflictException;
import dev.revox.resource.StoredAssistant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** <b>Thread:</b> Thread-safe; one lock. */
final class MemoryAssistants implements AssistantStore {
    private final Map<Optional<String>, NavigableMap<String, StoredAssistant>> byTenant = new HashMap<>();
    private final AtomicLong revision;

    MemoryAssistants(AtomicLong revision) {
        this.revision = revision;
    }

    private NavigableMap<String, StoredAssistant> of(Optional<String> tenant) {
        return byTenant.computeIfAbsent(tenant, unused -> new TreeMap<>());
    }

    @Override
    public synchronized void insert(StoredAssistant assistant) {
        if (of(assistant.tenant()).putIfAbsent(assistant.id(), assistant) != null) {
            throw new ResourceConflictException("assistant " + assistant.id() + " is there already");
        }
        revision.incrementAndGet();
    }

    @Override
    public synchronized Optional<StoredAssistant> find(Optional<String> tenant, String id) {
        return Optional.ofNullable(of(tenant).get(id));
    }

    @Override
    public synchronized void update(StoredAssistant changed) {
        boolean expected = find(changed.tenant(), changed.id())
                .filter(known -> known.version() == changed.version() - 1)
                .isPresent();
        if (!expected) {
            throw new ResourceConflictException(
                    "assistant " + changed.id() + " was changed or deleted since; read it again");
        }
        of(changed.tenant()).put(changed.id(), changed);
        revision.incrementAndGet();
    }

    @Override
    public synchronized boolean delete(Optional<String> tenant, String id) {
        boolean was = of(tenant).remove(id) != null;
        if (was) {
            revision.incrementAndGet();
        }
        return was;
    }

    @Override
    public synchronized Page<StoredAssistant> list(Optional<String> tenant, Optional<String> after, int limit) {
        NavigableMap<String, StoredAssistant> all = of(tenant);
        return Page.of(
                after.map(id -> all.tailMap(id, false)).orElse(all).values().stream()
                        .limit(Page.checked(limit) + 1L)
                        .toList(),
                limit,
                StoredAssistant::id);
    }
}
