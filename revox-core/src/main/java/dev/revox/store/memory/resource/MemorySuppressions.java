package dev.revox.store.memory.resource;

import dev.revox.phone.PhoneNumber;
import dev.revox.resource.Page;
import dev.revox.resource.SuppressionEntry;
import dev.revox.resource.SuppressionStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** <b>Thread:</b> Thread-safe; one lock. */
final class MemorySuppressions implements SuppressionStore {
    private final Map<Optional<String>, NavigableMap<String, SuppressionEntry>> byTenant = new HashMap<>();

    private NavigableMap<String, SuppressionEntry> of(Optional<String> tenant) {
        return byTenant.computeIfAbsent(tenant, unused -> new TreeMap<>());
    }

    @Override
    public synchronized int add(List<SuppressionEntry> entries) {
        int added = 0;
        for (SuppressionEntry entry : entries) {
            if (of(entry.tenant()).putIfAbsent(entry.number().e164(), entry) == null) {
                added++;
            }
        }
        return added;
    }

    @Override
    public synchronized Optional<SuppressionEntry> find(Optional<String> tenant, PhoneNumber number) {
        return Optional.ofNullable(of(tenant).get(number.e164()));
    }

    @Override
    public synchronized boolean remove(Optional<String> tenant, PhoneNumber number) {
        return of(tenant).remove(number.e164()) != null;
    }

    @Override
    public synchronized Page<SuppressionEntry> list(Optional<String> tenant, Optional<String> after, int limit) {
        NavigableMap<String, SuppressionEntry> all = of(tenant);
        return Page.of(
                after.map(key -> all.tailMap(key, false)).orElse(all).values().stream()
                        .limit(Page.checked(limit) + 1L)
                        .toList(),
                limit,
                entry -> entry.number().e164());
    }
}
