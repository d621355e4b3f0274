/**
 * The lists that a host keeps: {@link dev.revox.resource.access.Assistants}, {@link dev.revox.resource.access.OwnNumbers}, {@link
 * dev.revox.resource.access.Suppressions}, each for one tenant; and what the engine sees of them.
 */
@NullMarked
package dev.revox.resource.access;

import org.jspecify.annotations.NullMarked;
