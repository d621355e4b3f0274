/** Tests of the measuring itself. */
@NullMarked
package dev.revox.bench.turns;

import org.jspecify.annotations.NullMarked;
