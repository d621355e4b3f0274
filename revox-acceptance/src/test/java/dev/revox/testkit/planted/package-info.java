/** Planted violations of the rules of the house. */
@NullMarked
package dev.revox.testkit.planted;

import org.jspecify.annotations.NullMarked;
