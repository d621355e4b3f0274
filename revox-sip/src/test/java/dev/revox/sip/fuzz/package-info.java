/** How long and how inputs are mutated in tests of what strangers may send. */
@NullMarked
package dev.revox.sip.fuzz;

import org.jspecify.annotations.NullMarked;
