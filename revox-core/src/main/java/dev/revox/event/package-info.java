/**
 * What a host can follow. Doors: {@link dev.revox.event.CallListener}, {@link dev.revox.event.CallEvent}. Events of one call come
 * one at a time and in order, on threads that no call depends on.
 */
@NullMarked
package dev.revox.event;

import org.jspecify.annotations.NullMarked;
