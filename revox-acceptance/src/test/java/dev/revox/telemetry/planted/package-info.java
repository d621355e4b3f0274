/** Planted violations of the rules of the house. */
@NullMarked
package dev.revox.telemetry.planted;

import org.jspecify.annotations.NullMarked;
