/** Assistants, own numbers and suppressed numbers in tables. Door: {@link dev.revox.store.jdbc.resource.JdbcResources}. */
@NullMarked
package dev.revox.store.jdbc.resource;

import org.jspecify.annotations.NullMarked;
