/**
 * What an agent does about sounds over its answer, beside a peer. Door: {@link dev.revox.bench.overlap.OverlapHarness}.
 */
@NullMarked
package dev.revox.bench.overlap;

import org.jspecify.annotations.NullMarked;
