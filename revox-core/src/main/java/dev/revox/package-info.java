/**
 * The front door: what a host sees. Doors: {@link dev.revox.CallEngine}, {@link dev.revox.CallHandle}, {@link
 * dev.revox.RevoxException}. It validates, stores and wires; the work is done behind it.
 */
@NullMarked
package dev.revox;

import org.jspecify.annotations.NullMarked;
