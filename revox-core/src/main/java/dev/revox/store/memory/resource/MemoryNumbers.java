package dev.revox.store.memory.resource;

import dev.revox.phone.PhoneNumber;
import dev.revox.resource.NumberStore;
import dev.revox.resource.OwnNumber;
import dev.revox.resource.Page;
import dev.revox.resource.ResourceConflictException;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** <b>Thread:</b> Thread-safe; one lock. */
final class MemoryNumbers implements NumberStore {
    private final NavigableMap<String, OwnNumber> numbers = new TreeMap<>();
    private final AtomicLong revision;

    MemoryNumbers(AtomicLong revision) {
        this.revision = revision;
    }

    @Override
    public synchronized void insert(OwnNumber number) {
        if (numbers.putIfAbsent(number.number().e164(), number) != null) {
            throw new ResourceConflictException("this number is there already, maybe with another tenant");
        }
        revision.incrementAndGet();
    }

    @Override
    public synchronized Optional<OwnNumber> find(Optional<String> tenant, PhoneNumber number) {
        return Optional.ofNullable(numbers.get(number.e164()))
                .filter(found -> found.tenant().equals(tenant));
    }

    @Override
    public synchronized void update(OwnNumber changed) {
        boolean expected = find(changed.tenant(), changed.number())
                .filter(known -> known.version() == changed.version() - 1)
                .isPresent();
        if (!expected) {
            throw new ResourceConflictException("this number was changed or deleted since; read it again");
        }
        numbers.put(changed.number().e164(), changed);
        revision.incrementAndGet();
    }

    @Override
    public synchronized boolean delete(Optional<String> tenant, PhoneNumber number) {
        boolean was = find(tenant, number).isPresent();
        if (was) {
            numbers.remove(number.e164());
            revision.incrementAndGet();
        }
        return was;
    }

    @Override
    public synchronized Page<OwnNumber> list(Optional<String> tenant, Optional<String> after, int limit) {
        return page(after, limit, number -> number.tenant().equals(tenant));
    }

    @Override
    public synchronized Page<OwnNumber> all(Optional<String> after, int limit) {
        return page(after, limit, number -> true);
    }

    private Page<OwnNumber> page(Optional<String> after, int limit, Predicate<OwnNumber> which) {
        return Page.of(
                after.map(key -> numbers.tailMap(key, false)).orElse(numbers).values().stream()
                        .filter(which)
                        .limit(Page.checked(limit) + 1L)
                        .toList(),
                limit,
                number -> number.number().e164());
    }
}
