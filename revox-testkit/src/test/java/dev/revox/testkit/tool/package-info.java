/** Kinds of tools against real servers. */
@NullMarked
package dev.revox.testkit.tool;

import org.jspecify.annotations.NullMarked;
