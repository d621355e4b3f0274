package dev.revox.store.jdbc.sql;

import java.sql.SQLException;

/** Something to do with a session before its transaction begins. */
@FunctionalInterface
public interface Preparation {
    void on(Session session) throws SQLException;
}
