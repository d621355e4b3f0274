/**
 * Orders, attempts and jobs in a relational database. Door: {@code JdbcStore}.
 */
@NullMarked
package dev.revox.store.jdbc;

import org.jspecify.annotations.NullMarked;
