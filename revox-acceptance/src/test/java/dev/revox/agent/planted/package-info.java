/** Planted violations of the rules of the house. */
@NullMarked
package dev.revox.agent.planted;

import org.jspecify.annotations.NullMarked;
