/** The model checker of conversations at length. Door: {@link dev.revox.bench.model.ModelHarness}. */
@NullMarked
package dev.revox.bench.model;

import org.jspecify.annotations.NullMarked;
