/**
 * The way of each request: to which target, by which transport, over which sender thread. Door: {@link
 * dev.revox.sip.route.Routes}.
 */
@NullMarked
package dev.revox.sip.route;

import org.jspecify.annotations.NullMarked;
