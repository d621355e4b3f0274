package dev.revox.store.jdbc.node;

import dev.revox.store.jdbc.sql.Database;
import dev.revox.store.jdbc.sql.TextColumn;
import dev.revox.store.node.NodeId;
import dev.revox.store.node.NodeRegistry;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The register in {@code revox_node}: a row for each engine at work, with its life's number and its count.
 *
 * <p>Whoever strikes a node off deletes its row. A transaction in which that node begins an attempt keeps the row from being
 * deleted, so either the node begins nothing more, or its attempt is there to be found.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class JdbcNodes implements NodeRegistry {
    private final Database database;
    private final boolean exclusive;

    /**
     * A register.
     *
     * @param exclusive whether this process has locked the database against every other
     */
    public JdbcNodes(Database database, boolean exclusive) {
        this.database = database;
        this.exclusive = exclusive;
    }

    @Override
    public NodeId join(String name) {
        return database.write(session -> {
            int unused = session.update("DELETE FROM revox_node WHERE name = ?", name);
            long life = session.number(session.dialect().nextValue("revox_life"));
            int unusedCount = session.update("INSERT INTO revox_node (name, life, beat) VALUES (?, ?, 0)", name, life);
            return new NodeId(name, life);
        });
    }

    @Override
    public boolean beat(NodeId node) {
        return database.write(session -> session.update(
                        "UPDATE revox_node SET beat = beat + 1 WHERE name = ? AND life = ?",
                        node.name(),
                        node.incarnation())
                == 1);
    }

    @Override
    public Map<NodeId, Long> beats() {
        List<Map.Entry<NodeId, Long>> rows = database.read(session -> session.query(
                "SELECT name, life, beat FROM revox_node ORDER BY name",
                row -> Map.entry(new NodeId(TextColumn.read(row, 1), row.getLong(2)), row.getLong(3))));
        // In an order that is the same everywhere, so that a simulation repeats.
        Map<NodeId, Long> beats = new LinkedHashMap<>();
        rows.forEach(row -> beats.put(row.getKey(), row.getValue()));
        return Collections.unmodifiableMap(beats);
    }

    @Override
    public boolean expel(NodeId node, long beat) {
        return database.write(session -> session.update(
                        "DELETE FROM revox_node WHERE name = ? AND life = ? AND beat = ?",
                        node.name(),
                        node.incarnation(),
                        beat)
                == 1);
    }

    @Override
    public void leave(NodeId node) {
        int unused = database.write(session ->
                session.update("DELETE FROM revox_node WHERE name = ? AND life = ?", node.name(), node.incarnation()));
    }

    @Override
    public boolean exclusive() {
        return exclusive;
    }
}
