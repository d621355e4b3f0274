/** A scripted call for the tests of both rooms. */
@NullMarked
package dev.revox.telemetry;

import org.jspecify.annotations.NullMarked;
