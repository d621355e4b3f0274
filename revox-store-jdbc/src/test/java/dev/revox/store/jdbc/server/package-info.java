/** Databases for tests. */
@NullMarked
package dev.revox.store.jdbc.server;

import org.jspecify.annotations.NullMarked;
