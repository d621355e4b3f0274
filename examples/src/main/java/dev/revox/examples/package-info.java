/** Things to run and to read. Door: {@link dev.revox.examples.Demo}. */
@NullMarked
package dev.revox.examples;

import org.jspecify.annotations.NullMarked;
