/** The store on H2 and on a real PostgreSQL. */
@NullMarked
package dev.revox.store.jdbc;

import org.jspecify.annotations.NullMarked;
