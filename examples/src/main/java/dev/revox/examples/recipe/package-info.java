/** Numbered recipes: one file, one thing a host does. */
@NullMarked
package dev.revox.examples.recipe;

import org.jspecify.annotations.NullMarked;
