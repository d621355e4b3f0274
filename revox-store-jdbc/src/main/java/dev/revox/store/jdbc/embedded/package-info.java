/**
 * The database inside the host's own process: H2 in a file. Door: {@link dev.revox.store.jdbc.embedded.EmbeddedDatabase}; the only
 * room that knows H2 and its pool. <b>Thread:</b> Thread-safe.
 */
@NullMarked
package dev.revox.store.jdbc.embedded;

import org.jspecify.annotations.NullMarked;
