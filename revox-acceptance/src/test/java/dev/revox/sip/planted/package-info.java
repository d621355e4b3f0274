/** Planted violations of the rules of the house. */
@NullMarked
package dev.revox.sip.planted;

import org.jspecify.annotations.NullMarked;
