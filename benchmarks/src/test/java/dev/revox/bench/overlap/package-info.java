/** Tests of the measuring itself. */
@NullMarked
package dev.revox.bench.overlap;

import org.jspecify.annotations.NullMarked;
