package dev.revox.testkit.sim.database;

import dev.revox.RevoxException;
import dev.revox.testkit.sim.node.StoreDoor;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A database that all nodes of a world share, each over a way of its own that breaks as the world's seed has it.
 *
 * <p>Time passes only before a connection is given, and only while nobody holds one. All nodes live on one thread: one that waited
 * with a transaction open would stand below all others in that thread, and whoever met its locks would wait for a frame that cannot
 * go on until he does.
 *
 * <p><b>Thread:</b> Confined to the thread that drives the world.
 */
public final class FaultyDatabase {
    private final DataSource real;
    private final DatabaseFaults faults;
    private final Map<String, Integer> counts = new TreeMap<>();
    private int open;

    public FaultyDatabase(DataSource real, DatabaseFaults faults) {
        this.real = real;
        this.faults = faults;
    }

    /** The way of one life of one node to the database. */
    public DataSource source(StoreDoor door) {
        return Proxies.of(DataSource.class, (method, arguments) -> answer(door, method, arguments));
    }

    /** What broke, and how often. */
    public Map<String, Integer> counts() {
        return Map.copyOf(counts);
    }

    /** Connections that are in use. */
    public int open() {
        return open;
    }

    DatabaseFaults faults() {
        return faults;
    }

    void count(String fault) {
        counts.merge(fault, 1, Integer::sum);
    }

    void closed() {
        open--;
    }

    private @Nullable Object answer(StoreDoor door, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (!method.getName().equals("getConnection")) {
            return Proxies.call(real, method, arguments);
        }
        if (open == 0) {
            try {
                door.connecting();
            } catch (RevoxException unreachable) {
                throw new SQLException("connection refused", "08001", unreachable);
            }
        }
        if (door.strikes(faults.refusedOfTenThousand())) {
            count("refused");
            throw new SQLException("connection refused", "08001");
        }
        Connection connection = real.getConnection();
        open++;
        return new FaultyConnection(connection, door, this).proxy();
    }
}
