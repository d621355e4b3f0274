/** Many calls at once in one JVM: pacing, allocation, processor time. Door: {@link dev.revox.bench.calls.CallsHarness}. */
@NullMarked
package dev.revox.bench.calls;

import org.jspecify.annotations.NullMarked;
