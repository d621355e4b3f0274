/** The host's wish to have a person called. Door: {@link dev.revox.order.CallOrder}. */
@NullMarked
package dev.revox.order;

import org.jspecify.annotations.NullMarked;
