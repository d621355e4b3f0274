/** Planted violations of the rules of the house. */
@NullMarked
package dev.revox.order.planted;

import org.jspecify.annotations.NullMarked;
