/** Tests of {@code dev.revox.wire}. */
@NullMarked
package dev.revox.wire;

import org.jspecify.annotations.NullMarked;
