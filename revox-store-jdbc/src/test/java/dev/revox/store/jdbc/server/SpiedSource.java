package dev.revox.store.jdbc.server;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A database whose statements are looked at: how PostgreSQL carries out each question.
 *
 * <p><b>Thread:</b> Confined to one thread.
 */
public final class SpiedSource {
    private final DataSource real;
    private final List<String> plans = new ArrayList<>();
    private Optional<String> first = Optional.empty();
    private boolean explaining;

    public SpiedSource(DataSource real) {
        this.real = real;
    }

    public void explainFromHereOn() {
        explaining = true;
    }

    /** Runs a statement on each connection before it is used, and undoes the session's settings afterwards. */
    public void runFirst(String sql) {
        first = Optional.of(sql);
    }

    public List<String> plans() {
        return List.copyOf(plans);
    }

    public DataSource source() {
        return proxy(DataSource.class, (method, arguments) -> {
            Object result = call(real, method, arguments);
            if (result instanceof Connection connection) {
                if (first.isPresent()) {
                    run(connection, first.get());
                }
                return connection(connection);
            }
            return result;
        });
    }

    private Connection connection(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            if (method.getName().equals("close") && first.isPresent() && !connection.isClosed()) {
                run(connection, "RESET ALL");
            }
            Object result = call(connection, method, arguments);
            if (explaining && arguments != null && result instanceof PreparedStatement statement) {
                String sql = String.valueOf(arguments[0]);
                return sql.startsWith("SELECT") || sql.startsWith("WITH")
                        ? explained(connection, statement, sql)
                        : statement;
            }
            return result;
        });
    }

    private PreparedStatement explained(Connection connection, PreparedStatement statement, String sql)
            throws SQLException {
        PreparedStatement explain = connection.prepareStatement("EXPLAIN " + sql);
        return proxy(PreparedStatement.class, (method, arguments) -> {
            String name = method.getName();
            if (name.startsWith("set") && !name.equals("setQueryTimeout")) {
                Object unused = call(explain, method, arguments);
            }
            if (name.toLowerCase(Locale.ROOT).startsWith("executequery")) {
                plans.add(sql + "\n" + lines(explain));
            }
            return call(statement, method, arguments);
        });
    }

    private static String lines(PreparedStatement explain) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (ResultSet rows = explain.executeQuery()) {
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean unused = statement.execute(sql);
        }
    }

    private interface Call {
        @Nullable
        Object on(Method method, @Nullable Object @Nullable [] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                SpiedSource.class.getClassLoader(),
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
