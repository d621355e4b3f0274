/**
 * Engines that are killed without warning, each a process of its own, and what becomes of their orders. Door: {@link
 * dev.revox.bench.kill.KillHarness}. The parent owns the database and keeps the {@code Ledger}: what engines said before they were
 * killed. An engine says a thing over its output before it counts, and a pipe is read to its end whatever happens to its writer.
 */
@NullMarked
package dev.revox.bench.kill;

import org.jspecify.annotations.NullMarked;
