/**
 * The tables, as numbered SQL files on the class path, and who runs them. Door: {@link dev.revox.store.jdbc.schema.Schema}.
 *
 * <p>The files lie under {@code dev/revox/store/jdbc/schema/h2} and {@code .../postgresql} and carry the names that Flyway expects;
 * a host that migrates with Flyway or Liquibase points it there and leaves {@code applySchema()} out. <b>Thread:</b> Immutable.
 */
@NullMarked
package dev.revox.store.jdbc.schema;

import org.jspecify.annotations.NullMarked;
