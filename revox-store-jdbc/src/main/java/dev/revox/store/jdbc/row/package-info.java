/**
 * Rows and what they mean: what is searched, judged or changes stands in columns, the rest is text. Doors: {@link
 * dev.revox.store.jdbc.row.OrderRows}, {@link dev.revox.store.jdbc.row.AttemptRows}. <b>Thread:</b> Thread-safe.
 */
@NullMarked
package dev.revox.store.jdbc.row;

import org.jspecify.annotations.NullMarked;
