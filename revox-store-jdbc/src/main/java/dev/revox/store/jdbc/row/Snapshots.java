package dev.revox.store.jdbc.row;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.revox.RevoxException;
import dev.revox.assistant.Assistant;
import dev.revox.store.jdbc.sql.Session;
import dev.revox.store.jdbc.sql.TextColumn;
import dev.revox.wire.stored.StoredForm;
import java.sql.SQLException;

/**
 * The contents of assistants, each stored once under its hash, however many orders use it. A content never changes and is never
 * removed, so what was seen once can be relied on.
 *
 * <p>It is stored before the order's transaction, not in it: otherwise everybody who uses the same new assistant would wait
 * for the first one's commit, which a host may put off. One that no order came to use does no harm.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class Snapshots {
    private static final int REMEMBERED = 10_000;
    private static final int READ = 500;

    private final Cache<String, Boolean> there =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    private final Cache<String, Assistant> contents =
            Caffeine.newBuilder().maximumSize(READ).build();

    /** A content and its hash. It prints as its hash. <b>Thread:</b> Immutable. */
    public record Content(String hash, String text) {
        @Override
        public String toString() {
            return "Content[" + hash + "]";
        }
    }

    public static Content of(Assistant assistant) {
        String text = StoredForm.assistant(assistant);
        return new Content(Digest.hex(text), text);
    }

    /** Stores a content for good, over a session that commits each statement. */
    public void store(Session session, Content content) throws SQLException {
        if (there.getIfPresent(content.hash()) == null) {
            insert(session, content);
            there.put(content.hash(), true);
        }
    }

    /** Stores a content within a transaction that may still be rolled back. */
    public void storeWithin(Session session, Content content) throws SQLException {
        if (there.getIfPresent(content.hash()) == null) {
            insert(session, content);
        }
    }

    private static void insert(Session session, Content content) throws SQLException {
        if (!session.exists("SELECT 1 FROM revox_snapshot WHERE hash = ?", content.hash())) {
            boolean unused = session.insertUnlessThere(
                    "INSERT INTO revox_snapshot (hash, body) VALUES (?, ?)", content.hash(), content.text());
        }
    }

    Assistant content(Session session, String hash) throws SQLException {
        Assistant known = contents.getIfPresent(hash);
        if (known != null) {
            return known;
        }
        String text = session.first(
                        "SELECT body FROM revox_snapshot WHERE hash = ?", row -> TextColumn.read(row, 1), hash)
                .orElseThrow(() -> new RevoxException(
                        "the assistant of an order is missing in revox_snapshot: was that table restored or cleaned apart from the others?",
                        false));
        Assistant read = StoredForm.assistant(text);
        contents.put(hash, read);
        there.put(hash, true);
        return read;
    }
}
