/** The demo, run as its readers run it. */
@NullMarked
package dev.revox.examples;

import org.jspecify.annotations.NullMarked;
