/**
 * JDBC at its plainest: transactions, statements with parameters, and what their failures mean. Doors: {@link
 * dev.revox.store.jdbc.sql.Database}, {@link dev.revox.store.jdbc.sql.Session}. A session is confined to one thread.
 */
@NullMarked
package dev.revox.store.jdbc.sql;

import org.jspecify.annotations.NullMarked;
