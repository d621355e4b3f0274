/** What the store costs on a real PostgreSQL, beside the plainest way to do the same. Door: {@link dev.revox.bench.store.StoreHarness}. */
@NullMarked
package dev.revox.bench.store;

import org.jspecify.annotations.NullMarked;
