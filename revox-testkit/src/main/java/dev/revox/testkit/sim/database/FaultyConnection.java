package dev.revox.testkit.sim.database;

import dev.revox.testkit.sim.node.StoreDoor;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A connection that may break at any of its statements and commits. Once it is broken it does nothing more.
 *
 * <p><b>Thread:</b> Confined to the thread that drives the world.
 */
final class FaultyConnection {
    private final Connection real;
    private final StoreDoor door;
    private final FaultyDatabase database;
    private boolean broken;
    private boolean closed;

    FaultyConnection(Connection real, StoreDoor door, FaultyDatabase database) {
        this.real = real;
        this.door = door;
        this.database = database;
    }

    Connection proxy() {
        return Proxies.of(Connection.class, this::answer);
    }

    private @Nullable Object answer(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        String name = method.getName();
        if (name.equals("close")) {
            close();
            return null;
        }
        if (broken) {
            throw new SQLException("the connection is broken", "08003");
        }
        if (name.equals("commit")) {
            commit();
            return null;
        }
        Object result = Proxies.call(real, method, arguments);
        if (result instanceof PreparedStatement prepared) {
            return statement(PreparedStatement.class, prepared);
        }
        return result instanceof Statement plain ? statement(Statement.class, plain) : result;
    }

    private void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        database.closed();
        real.close();
        if (broken) {
            throw new SQLException("the connection is broken", "08003");
        }
    }

    private void commit() throws SQLException {
        DatabaseFaults faults = database.faults();
        if (door.strikes(faults.lostOfTenThousand())) {
            real.rollback();
            throw broken("lost commit");
        }
        if (door.strikes(faults.contendedOfTenThousand())) {
            real.rollback();
            throw contended();
        }
        real.commit();
        door.committed();
        if (door.strikes(faults.unansweredOfTenThousand())) {
            throw broken("unanswered commit");
        }
        if (door.strikes(faults.brokenBehindOfTenThousand())) {
            SQLException unused = broken("broken behind a commit");
        }
    }

    private <T extends Statement> T statement(Class<T> type, T statement) {
        return Proxies.of(
                type,
                (method, arguments) -> method.getName().startsWith("execute")
                        ? executed(statement, method, arguments)
                        : Proxies.call(statement, method, arguments));
    }

    private @Nullable Object executed(Statement statement, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        DatabaseFaults faults = database.faults();
        breakDown(faults, "broken before a statement");
        if (!real.getAutoCommit() && door.strikes(faults.contendedOfTenThousand())) {
            real.rollback();
            throw contended();
        }
        Object result = Proxies.call(statement, method, arguments);
        breakDown(faults, "broken behind a statement");
        return result;
    }

    private void breakDown(DatabaseFaults faults, String what) throws SQLException {
        if (broken) {
            throw new SQLException("the connection is broken", "08003");
        }
        if (door.strikes(faults.brokenOfTenThousand())) {
            if (!real.getAutoCommit()) {
                real.rollback();
            }
            throw broken(what);
        }
    }

    private SQLException broken(String what) {
        database.count(what);
        broken = true;
        return new SQLException("the connection was lost", "08006");
    }

    private SQLException contended() {
        database.count("contended");
        return new SQLException("others were in the way", "40001");
    }
}
