/** Conversations judged by what was on the wire at the far end. */
@NullMarked
package dev.revox.acceptance.wire;

import org.jspecify.annotations.NullMarked;
