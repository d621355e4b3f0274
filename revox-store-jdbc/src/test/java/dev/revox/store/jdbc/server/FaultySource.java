package dev.revox.store.jdbc.server;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A database whose connections break at a chosen moment, as when the process, the network or the server dies there.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class FaultySource {
    private static final int NEVER = Integer.MAX_VALUE;

    /** How a commit breaks. */
    public enum AtCommit {
        HOLDS,
        /** The server never hears of it. */
        LOST,
        /** The server commits, and its answer is lost. */
        UNANSWERED,
        /** The server commits and says so; the connection breaks right behind it. */
        BROKEN_BEHIND
    }

    private final DataSource real;
    private final AtomicInteger statementsLeft = new AtomicInteger(NEVER);
    private volatile AtCommit atCommit = AtCommit.HOLDS;
    private volatile boolean down;

    public FaultySource(DataSource real) {
        this.real = real;
    }

    /** The n-th statement from here on fails, from 1. */
    public void breakAtStatement(int number) {
        statementsLeft.set(number);
    }

    public void breakAtCommit(AtCommit how) {
        atCommit = how;
    }

    public void down(boolean now) {
        down = now;
    }

    public void heal() {
        statementsLeft.set(NEVER);
        atCommit = AtCommit.HOLDS;
        down = false;
    }

    public DataSource source() {
        return proxy(DataSource.class, (method, arguments) -> {
            if (down) {
                throw new SQLException("connection refused", "08001");
            }
            Object result = call(real, method, arguments);
            return result instanceof Connection connection ? connection(connection) : result;
        });
    }

    private Connection connection(Connection connection) {
        AtomicBoolean broken = new AtomicBoolean();
        return proxy(Connection.class, (method, arguments) -> {
            if (method.getName().equals("commit")) {
                commit(connection);
                broken.set(atCommit == AtCommit.BROKEN_BEHIND);
                return null;
            }
            if (broken.get()) {
                if (method.getName().equals("close")) {
                    connection.close();
                }
                throw new SQLException("the connection was lost", "08006");
            }
            Object result = call(connection, method, arguments);
            return result instanceof PreparedStatement statement ? statement(connection, statement) : result;
        });
    }

    private void commit(Connection connection) throws SQLException {
        AtCommit how = atCommit;
        if (how == AtCommit.LOST) {
            connection.rollback();
        } else {
            connection.commit();
        }
        if (how == AtCommit.LOST || how == AtCommit.UNANSWERED) {
            throw new SQLException("the connection was lost", "08006");
        }
    }

    private PreparedStatement statement(Connection connection, PreparedStatement statement) {
        return proxy(PreparedStatement.class, (method, arguments) -> {
            boolean runs = method.getName().toLowerCase(Locale.ROOT).startsWith("execute");
            if (runs && statementsLeft.decrementAndGet() == 0) {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
                throw new SQLException("the connection was lost", "08006");
            }
            return call(statement, method, arguments);
        });
    }

    private interface Call {
        @Nullable
        Object on(Method method, @Nullable Object @Nullable [] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                FaultySource.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> call.on(method, arguments)));
    }

    private static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause() == null ? failed : failed.getCause();
        }
    }
}
