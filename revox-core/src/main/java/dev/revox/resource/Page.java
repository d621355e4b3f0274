package dev.revox.resource;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Some entries of a list that is ordered by a key of theirs.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param next the key behind which the next page begins, right even when entries come and go; empty on the last page
 */
public record Page<T>(List<T> items, Optional<String> next) {
    public static final int LARGEST = 1000;

    public Page {
        items = List.copyOf(items);
    }

    /**
     * Cuts a page out of what was found.
     *
     * @param found in order, and one more than the page holds when there is another page
     */
    public static <T> Page<T> of(List<T> found, int limit, Function<T, String> key) {
        return found.size() <= limit
                ? new Page<>(found, Optional.empty())
                : new Page<>(found.subList(0, limit), Optional.of(key.apply(found.get(limit - 1))));
    }

    /** Refuses a page size that no store gives. */
    public static int checked(int limit) {
        if (limit < 1 || limit > LARGEST) {
            throw new IllegalArgumentException("limit must be within 1.." + LARGEST + ", was " + limit);
        }
        return limit;
    }

    @Override
    public String toString() {
        return "Page[" + items.size() + (next.isPresent() ? " and more]" : "]");
    }
}
