/** Tests of {@code dev.revox.order}. */
@NullMarked
package dev.revox.order;

import org.jspecify.annotations.NullMarked;
