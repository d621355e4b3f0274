/** What an order must be like before anyone is called. Door: {@link dev.revox.order.rules.OrderRules}. */
@NullMarked
package dev.revox.order.rules;

import org.jspecify.annotations.NullMarked;
