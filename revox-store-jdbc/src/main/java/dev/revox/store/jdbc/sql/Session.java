package dev.revox.store.jdbc.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection in use, with short ways to run statements. Tables are written without a schema, {@code revox_order}.
 *
 * <p><b>Thread:</b> Confined to one thread.
 */
public final class Session {
    private final Connection connection;
    private final Database database;

    Session(Connection connection, Database database) {
        this.connection = connection;
        this.database = database;
    }

    public Connection connection() {
        return connection;
    }

    public Dialect dialect() {
        return database.dialect();
    }

    /** How many rows it changed. */
    public int update(String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            set(statement, parameters);
            return statement.executeUpdate();
        }
    }

    /**
     * Inserts a row unless one with the same key is there.
     *
     * @param sql an INSERT without an ending
     * @return false when one is there
     */
    public boolean insertUnlessThere(String sql, @Nullable Object... parameters) throws SQLException {
        try {
            return update(sql + dialect().unlessThere(), parameters) == 1;
        } catch (SQLException failure) {
            if (dialect() == Dialect.H2 && Failures.isDuplicate(failure)) {
                return false;
            }
            throw failure;
        }
    }

    /** Runs one statement for many rows. */
    public void batch(String sql, List<@Nullable Object[]> rows) throws SQLException {
        int[] unused = batchCounts(sql, rows);
    }

    /** Runs one statement for many rows; for each how many rows of the table it changed. */
    public int[] batchCounts(String sql, List<@Nullable Object[]> rows) throws SQLException {
        if (rows.isEmpty()) {
            return new int[0];
        }
        if (rows.size() == 1) {
            return new int[] {update(sql, rows.getFirst())};
        }
        try (PreparedStatement statement = prepare(sql)) {
            for (@Nullable Object[] row : rows) {
                set(statement, row);
                statement.addBatch();
            }
            return statement.executeBatch();
        }
    }

    /**
     * Runs one statement of PostgreSQL over a table of values, a parameter for each of its columns; gives the numbers, from 1, of the
     * rows that it returns. A hundred times quicker for the server to read than a statement for each row.
     *
     * @param types PostgreSQL's name of each column's type
     */
    public boolean[] updateTogether(String sql, List<String> types, List<@Nullable Object[]> rows) throws SQLException {
        boolean[] changed = new boolean[rows.size()];
        if (rows.isEmpty()) {
            return changed;
        }
        try (PreparedStatement statement = prepare(sql)) {
            for (int column = 0; column < types.size(); column++) {
                statement.setArray(column + 1, connection.createArrayOf(types.get(column), column(rows, column)));
            }
            try (ResultSet numbers = statement.executeQuery()) {
                while (numbers.next()) {
                    changed[numbers.getInt(1) - 1] = true;
                }
            }
        }
        return changed;
    }

    private static @Nullable Object[] column(List<@Nullable Object[]> rows, int column) {
        @Nullable Object[] values = new @Nullable Object[rows.size()];
        for (int i = 0; i < values.length; i++) {
            Object value = rows.get(i)[column];
            values[i] = value instanceof String text ? TextColumn.of(text) : value;
        }
        return values;
    }

    /** Runs a statement without parameters, however long it takes. */
    public void execute(String sql) throws SQLException {
        executeAsIs(database.qualified(sql));
    }

    /** The same, with tables where the connection looks for them. */
    public void executeAsIs(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean unused = statement.execute(sql);
        }
    }

    public <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql)) {
            set(statement, parameters);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
                return found;
            }
        }
    }

    public <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... parameters) throws SQLException {
        return query(sql, reader, parameters).stream().findFirst();
    }

    public boolean exists(String sql, @Nullable Object... parameters) throws SQLException {
        return !query(sql, row -> 1, parameters).isEmpty();
    }

    public long number(String sql, @Nullable Object... parameters) throws SQLException {
        return query(sql, row -> row.getLong(1), parameters).getFirst();
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(database.qualified(sql));
        if (dialect() == Dialect.POSTGRESQL) {
            // For H2 each call is a statement of its own, and nothing there is far away.
            statement.setQueryTimeout(database.timeoutSeconds());
        }
        return statement;
    }

    private static void set(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            Object value = parameters[i];
            switch (value) {
                case null -> statement.setNull(i + 1, java.sql.Types.NULL);
                case String text -> statement.setString(i + 1, TextColumn.of(text));
                case Long number -> statement.setLong(i + 1, number);
                case String[] texts ->
                    statement.setObject(
                            i + 1, Arrays.stream(texts).map(TextColumn::of).toArray(String[]::new));
                default -> statement.setObject(i + 1, value);
            }
        }
    }
}
