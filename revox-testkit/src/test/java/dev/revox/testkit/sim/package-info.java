/** Days of orders on several nodes, and proof that the checks find planted faults. */
@NullMarked
package dev.revox.testkit.sim;

import org.jspecify.annotations.NullMarked;
