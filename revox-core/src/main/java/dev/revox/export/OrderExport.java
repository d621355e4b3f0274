package dev.revox.export;

import dev.revox.store.EngineStore;
import dev.revox.store.OrderPage;
import dev.revox.store.StoredAttempt;
import dev.revox.store.StoredOrder;
import dev.revox.store.search.OrderQuery;
import dev.revox.wire.CallReport;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The calls that a query finds, as reports in JSON with every secret masked, one a line, newest first. They are read a page at a
 * time, so that any number of them may be exported.
 *
 * <p><b>Thread:</b> Thread-safe; blocks on the store.
 */
public final class OrderExport {
    private final EngineStore store;

    public OrderExport(EngineStore store) {
        this.store = store;
    }

    /** The lines, without their ends; each is read when it is asked for. */
    public Stream<String> lines(OrderQuery query) {
        return Stream.iterate(
                        Optional.of(store.search(query)),
                        Optional::isPresent,
                        page -> page.flatMap(OrderPage::next).map(place -> store.search(query.from(place))))
                .flatMap(page -> page.orElseThrow().orders().stream())
                .map(this::line);
    }

    /**
     * Writes all lines, each with its end.
     *
     * @return how many
     */
    public long write(OrderQuery query, Appendable out) throws IOException {
        long written = 0;
        Iterator<String> lines = lines(query).iterator();
        while (lines.hasNext()) {
            out.append(lines.next()).append('\n');
            written++;
        }
        return written;
    }

    private String line(StoredOrder row) {
        return new CallReport(
                        row.order(),
                        store.attempts(row.key()).stream()
                                .map(StoredAttempt::attempt)
                                .toList())
                .toJson();
    }
}
