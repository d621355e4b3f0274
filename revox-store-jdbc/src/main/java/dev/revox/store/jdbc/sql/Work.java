package dev.revox.store.jdbc.sql;

import java.sql.SQLException;

/** Something to do with a session. */
@FunctionalInterface
public interface Work<T> {
    T on(Session session) throws SQLException;
}
