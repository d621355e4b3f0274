/** What is written is read. */
@NullMarked
package dev.revox.wire.stored;

import org.jspecify.annotations.NullMarked;
