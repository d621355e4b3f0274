/** Tests of {@code dev.revox.order.rules}. */
@NullMarked
package dev.revox.order.rules;

import org.jspecify.annotations.NullMarked;
