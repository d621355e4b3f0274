/** Tests of the measuring itself. */
@NullMarked
package dev.revox.bench.clip;

import org.jspecify.annotations.NullMarked;
