/**
 * How punctual streams of 20 ms frames are, and what that costs: the media loop beside other ways to wait. Door: {@code
 * PaceHarness}.
 */
@org.jspecify.annotations.NullMarked
package dev.revox.bench.pace;
