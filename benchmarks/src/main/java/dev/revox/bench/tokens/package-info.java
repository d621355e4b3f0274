/**
 * The way of a token from a model's stream to a voice. Door: {@link dev.revox.bench.tokens.TokenHarness}.
 */
@NullMarked
package dev.revox.bench.tokens;

import org.jspecify.annotations.NullMarked;
