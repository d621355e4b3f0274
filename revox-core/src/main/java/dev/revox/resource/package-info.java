/**
 * What a host keeps beside its orders: assistants, its own telephone numbers, and numbers that must not be called. Doors: {@link
 * dev.revox.resource.ResourceStore} (the port), and the lists of {@code access} that hosts work with. Every key carries the tenant.
 */
@NullMarked
package dev.revox.resource;

import org.jspecify.annotations.NullMarked;
