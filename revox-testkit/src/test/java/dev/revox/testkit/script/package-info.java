/** Whole conversations in virtual time. */
@NullMarked
package dev.revox.testkit.script;

import org.jspecify.annotations.NullMarked;
