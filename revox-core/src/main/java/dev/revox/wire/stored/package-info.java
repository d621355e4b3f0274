/**
 * Orders and attempts as text for a store's rows, with nothing left out. Door: {@link dev.revox.wire.stored.StoredForm}.
 *
 * <p>The form is Revox's own, not the call API page's: exact to the nanosecond, with secrets, and read without asking the
 * numbering plan or the tz database whether the value would be accepted today. Members that are unknown are passed over, so
 * that an older version reads the rows of a newer one. <b>Thread:</b> Immutable.
 */
@NullMarked
package dev.revox.wire.stored;

import org.jspecify.annotations.NullMarked;
