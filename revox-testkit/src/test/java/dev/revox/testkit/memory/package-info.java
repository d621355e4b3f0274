/** The store in memory keeps to the contracts. */
@NullMarked
package dev.revox.testkit.memory;

import org.jspecify.annotations.NullMarked;
