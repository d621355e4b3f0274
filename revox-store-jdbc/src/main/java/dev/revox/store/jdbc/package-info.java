/**
 * Orders, attempts and jobs in a relational database. Doors: {@link dev.revox.store.jdbc.JdbcStore}, {@link
 * dev.revox.store.jdbc.JdbcStoreBuilder}. H2 in a folder for one engine, PostgreSQL for many. Behind the doors: {@code sql} runs
 * statements, {@code schema} makes the tables, {@code row} knows the columns, {@code commit} stores a transition, {@code query}
 * asks about many orders, {@code job} and {@code node} are the other two ports. <b>Thread:</b> Thread-safe.
 */
@NullMarked
package dev.revox.store.jdbc;

import org.jspecify.annotations.NullMarked;
