/** Processor time and allocation of single steps. Door: {@link dev.revox.bench.jmh.JmhHarness}. */
@NullMarked
package dev.revox.bench.jmh;

import org.jspecify.annotations.NullMarked;
