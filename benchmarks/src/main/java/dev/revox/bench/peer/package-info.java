/**
 * Programs in other languages that are measured beside ours, each in a process of its own.
 *
 * <p>Door: {@code NodeScript}.
 */
@org.jspecify.annotations.NullMarked
package dev.revox.bench.peer;
