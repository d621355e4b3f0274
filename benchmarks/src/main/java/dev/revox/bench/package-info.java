/** The one entry to all measurements. Door: {@link dev.revox.bench.Benchmarks}. */
@NullMarked
package dev.revox.bench;

import org.jspecify.annotations.NullMarked;
