/** Tests of the measuring itself. */
@NullMarked
package dev.revox.bench.clauses;

import org.jspecify.annotations.NullMarked;
