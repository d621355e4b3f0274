/** The telephony port. Doors: {@link dev.revox.line.CallLine}, {@link dev.revox.line.CallLeg}, {@link dev.revox.line.LegEvent}. */
@NullMarked
package dev.revox.line;

import org.jspecify.annotations.NullMarked;
